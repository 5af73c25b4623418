import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys, put, useMeta, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Page, Section, useConfirm } from '@/ui';
import { useAct } from './useAct';
import { useSettingsWrite } from './useSettings';

/** Whether departments share tickets at all. Switching it off takes tickets from screens, so that it asks first. */
export function TicketSharingPage() {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const { features } = useMeta();
  const write = useSettingsWrite('audit_log');
  const act = useAct();
  const confirm = useConfirm();
  /** Shown until the server's word is there. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const handleSwitch = async (is_on: boolean) => {
    if (!is_on) {
      const is_sure = await confirm({
        title: t('settings.ticket_sharing.off_title'), body: t('settings.ticket_sharing.off_help'), confirm: t('settings.ticket_sharing.off'),
      });
      if (!is_sure) return;
    }
    setWanted(is_on);
    await act(async () => {
      await write((base) => put(`${base}/features/ticket_sharing`, { is_on }));
      await cache.refetchQueries({ queryKey: keys.meta(org) });
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
      void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
    }, t(is_on ? 'settings.ticket_sharing.is_on' : 'settings.ticket_sharing.is_off'));
    setWanted(null);
  };
  return (
    <Page title={t('settings.ticket_sharing.title')} lead={t('settings.ticket_sharing.lead')} width="read">
      <Section title={t('settings.ticket_sharing.title')} lead={t('settings.ticket_sharing.help')}>
        <Switch
          label={t('settings.ticket_sharing.switch')}
          checked={wanted ?? features.ticket_sharing}
          disabled={wanted !== null}
          onChange={(event) => void handleSwitch(event.currentTarget.checked)}
        />
      </Section>
    </Page>
  );
}
