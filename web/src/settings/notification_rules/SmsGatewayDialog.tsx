import { ActionIcon, Button, Group, Input, NativeSelect, PasswordInput, SimpleGrid, Switch, TextInput, Textarea } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { put } from '@/api';
import type { SmsGateway } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import { bodyOf, content_types, formOf, headers_max, methods, newHeader } from './sms_form';
import type { SmsForm, SmsFormHeader } from './sms_form';

/** How the gateway is asked. Values of headers are kept sealed and never shown again. */
export function SmsGatewayDialog({ gateway, onClose }: { gateway: SmsGateway | null; onClose: () => void }) {
  const { t } = useText();
  const write = useSettingsWrite('sms_gateway');
  const [form, setForm] = useState<SmsForm>(() => formOf(gateway));
  const set = (changes: Partial<SmsForm>) => setForm((before) => ({ ...before, ...changes }));
  const setHeader = (index: number, changes: Partial<SmsFormHeader>) =>
    set({ headers: form.headers.map((header, at) => (at === index ? { ...header, ...changes } : header)) });
  return (
    <FormDialog
      title={t(gateway === null ? 'settings.sms_gateway.add' : 'settings.sms_gateway.title')} is_open size="lg" submit_label={t('ui.save')}
      required={{ url: form.url }} onClose={onClose} onSubmit={() => write((base) => put(`${base}/sms_gateway`, bodyOf(form)))}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.sms_gateway.url')} withAsterisk type="url" data-autofocus autoComplete="off"
            value={form.url} error={faultOf('url')} onChange={(event) => set({ url: event.currentTarget.value })}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <NativeSelect
              label={t('settings.sms_gateway.method')} data={methods} value={form.method} error={faultOf('method')}
              onChange={(event) => set({ method: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('settings.sms_gateway.content_type')} data={content_types} value={form.content_type} error={faultOf('content_type')}
              onChange={(event) => set({ content_type: event.currentTarget.value })}
            />
          </SimpleGrid>
          <Textarea
            label={t('settings.sms_gateway.body')} description={t('settings.sms_gateway.body_help')} autosize minRows={3} maxRows={10}
            value={form.body} error={faultOf('body')} onChange={(event) => set({ body: event.currentTarget.value })}
          />
          <Input.Wrapper label={t('settings.sms_gateway.headers')} labelElement="div" error={faultOf('headers')}>
            {form.headers.map((header, index) => (
              <Group key={header.key} gap="xs" mb="xs" wrap="nowrap">
                <TextInput
                  flex={1} miw={0} aria-label={t('settings.sms_gateway.header_name')} autoComplete="off" value={header.name}
                  onChange={(event) => setHeader(index, { name: event.currentTarget.value })}
                />
                <PasswordInput
                  flex={1} miw={0} aria-label={t('settings.sms_gateway.header_value')} autoComplete="new-password" value={header.value}
                  placeholder={header.has_value ? t('settings.email.password_kept') : undefined}
                  visibilityToggleButtonProps={{ 'aria-label': t('entrance.show_password') }}
                  onChange={(event) => setHeader(index, { value: event.currentTarget.value })}
                />
                <ActionIcon
                  size="lg" aria-label={t('settings.sms_gateway.header_remove', { name: header.name })}
                  onClick={() => set({ headers: form.headers.filter((_, at) => at !== index) })}
                >
                  <IconX size={16} />
                </ActionIcon>
              </Group>
            ))}
            {form.headers.length < headers_max && (
              <Button display="block" mt={4} size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => set({ headers: [...form.headers, newHeader()] })}>
                {t('settings.sms_gateway.header_add')}
              </Button>
            )}
          </Input.Wrapper>
          <Switch
            label={t('settings.sms_gateway.is_enabled')} checked={form.is_enabled}
            onChange={(event) => set({ is_enabled: event.currentTarget.checked })}
          />
        </>
      )}
    </FormDialog>
  );
}
