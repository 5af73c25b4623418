import { Fieldset, NativeSelect, NumberInput, PasswordInput, SimpleGrid, TextInput } from '@mantine/core';
import type { MailServer } from '@/api';
import { useText } from '@/i18n';
import type { FaultOf } from '@/ui';
import { needsPasswordAgain, usual_ports } from './mailbox_form';

interface ServerInputsProps {
  kind: 'imap' | 'smtp';
  server: MailServer;
  /** As it is stored; none yet in a new mailbox. */
  saved: MailServer | undefined;
  faultOf: FaultOf;
  onChange: (server: MailServer) => void;
}

const securities: MailServer['security'][] = ['tls', 'starttls', 'none'];
const port_max = 65_535;

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= port_max;
}

/** How to reach one server and who to be there. */
export function ServerInputs({ kind, server, saved, faultOf, onChange }: ServerInputsProps) {
  const { t } = useText();
  const set = (changes: Partial<MailServer>) => onChange({ ...server, ...changes });
  const is_asked_again = needsPasswordAgain(server, saved);
  const handleSecurity = (word: string) => {
    const security = securities.find((each) => each === word) ?? 'tls';
    // A port of somebody's own is not touched.
    const is_usual = server.port === usual_ports[kind][server.security];
    set({ security, port: is_usual ? usual_ports[kind][security] : server.port });
  };
  return (
    <Fieldset legend={t(`settings.email.${kind}`)}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={t('settings.email.host')} autoComplete="off" value={server.host}
          error={faultOf(`${kind}.host`)} onChange={(event) => set({ host: event.currentTarget.value })}
        />
        <SimpleGrid cols={2} spacing="sm">
          <NativeSelect
            label={t('settings.email.security')} value={server.security}
            data={securities.map((each) => ({ value: each, label: t(`settings.email.security_${each}`) }))}
            error={faultOf(`${kind}.security`)} onChange={(event) => handleSecurity(event.currentTarget.value)}
          />
          <NumberInput
            label={t('settings.email.port')} hideControls allowDecimal={false} clampBehavior="none" min={1} max={port_max} value={server.port}
            error={faultOf(`${kind}.port`) ?? (isPort(server.port) ? undefined : t('refusal_at.port.out_of_range'))} onChange={(port) => set({ port: Number(port) })}
          />
        </SimpleGrid>
        <TextInput
          label={t('settings.email.user')} autoComplete="off" value={server.user}
          error={faultOf(`${kind}.user`)} onChange={(event) => set({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('settings.email.password')} autoComplete="new-password" value={server.password ?? ''}
          placeholder={server.has_password && !is_asked_again ? t('settings.email.password_kept') : undefined}
          description={is_asked_again ? t('settings.email.password_again') : undefined} withAsterisk={is_asked_again}
          visibilityToggleButtonProps={{ 'aria-label': t('entrance.show_password') }}
          error={faultOf(`${kind}.password`)} onChange={(event) => set({ password: event.currentTarget.value })}
        />
        {kind === 'imap' && (
          <TextInput
            label={t('settings.email.folder')} autoComplete="off" value={server.folder ?? ''}
            error={faultOf('imap.folder')} onChange={(event) => set({ folder: event.currentTarget.value })}
          />
        )}
      </SimpleGrid>
    </Fieldset>
  );
}
