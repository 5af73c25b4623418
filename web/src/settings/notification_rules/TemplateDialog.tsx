import { Alert, Button, Code, Group, Modal, Select, Text, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { put, remove, useSession } from '@/api';
import type { NotificationRule, NotificationTemplate } from '@/api';
import { offered_locales, useText } from '@/i18n';
import { ErrorState, FormDialog, RowsSkeleton, keep_open, useToast } from '@/ui';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';

interface TemplateDialogProps {
  rule: NotificationRule;
  title: string;
  onClose: () => void;
}

interface Templates {
  templates: NotificationTemplate[];
  placeholders: string[];
}

/** The words of one notification, language by language. Those that are fixed are only shown. */
export function TemplateDialog({ rule, title, onClose }: TemplateDialogProps) {
  const { t } = useText();
  const query = useSettingsQuery<Templates>('notification_templates');
  if (query.data === undefined)
    return (
      <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('ui.close') }}>
        {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <RowsSkeleton rows={4} />}
      </Modal>
    );
  return <TemplateForm rule={rule} title={title} onClose={onClose} {...query.data} />;
}

function TemplateForm({ rule, title, templates, placeholders, onClose }: TemplateDialogProps & Templates) {
  const { t } = useText();
  const toast = useToast();
  const { person } = useSession();
  const write = useSettingsWrite('notification_templates');
  const ours = templates.filter(({ event }) => event === rule.event);
  const [words, setWords] = useState(() => ours.find(({ locale }) => locale === person.locale) ?? ours[0]);
  if (words === undefined) return null;
  const is_fixed = rule.has_fixed_template;
  const address = (base: string) => `${base}/notification_templates/${words.event}/${words.locale}`;
  const set = (changes: Partial<NotificationTemplate>) => setWords({ ...words, ...changes });
  const send = async () => {
    if (is_fixed) return undefined;
    const { subject, text, sms_text } = words;
    set(await write((base) => put<NotificationTemplate>(address(base), { subject, text, sms_text })));
    toast.done(t('ui.saved'));
    return keep_open;
  };
  const handleReset = async () => {
    try {
      set(await write((base) => remove<NotificationTemplate>(address(base))));
    } catch (error) {
      toast.refused(error);
    }
  };
  return (
    <FormDialog
      title={title} is_open size="lg" submit_label={t(is_fixed ? 'ui.close' : 'ui.save')} is_final={is_fixed} onClose={onClose} onSubmit={send}
    >
      {(faultOf) => (
        <>
          {is_fixed && <Alert p="xs" role="note">{t('settings.notification_rules.fixed')}</Alert>}
          <Group align="flex-end" justify="space-between">
            <Select
              label={t('app.language')} allowDeselect={false} value={words.locale}
              data={offered_locales.map((locale) => ({ value: locale, label: t(`locale.${locale}`) }))}
              onChange={(locale) => setWords(ours.find((each) => each.locale === locale) ?? words)}
            />
            {words.is_own && (
              <Button variant="default" onClick={() => void handleReset()}>{t('settings.notification_rules.reset')}</Button>
            )}
          </Group>
          <TextInput
            label={t('settings.notification_rules.subject')} readOnly={is_fixed} value={words.subject} error={faultOf('subject')}
            onChange={(event) => set({ subject: event.currentTarget.value })}
          />
          <Textarea
            label={t('settings.notification_rules.mail_text')} readOnly={is_fixed} autosize minRows={6} maxRows={14} value={words.text}
            error={faultOf('text')} onChange={(event) => set({ text: event.currentTarget.value })}
          />
          <Textarea
            label={t('settings.notification_rules.sms_text')} readOnly={is_fixed} autosize minRows={2} maxRows={5} value={words.sms_text}
            error={faultOf('sms_text')} onChange={(event) => set({ sms_text: event.currentTarget.value })}
          />
          {!is_fixed && (
            <Text size="sm">
              {t('settings.notification_rules.placeholders')}{' '}
              {placeholders.map((name) => <span key={name}><Code>{`{${name}}`}</Code> </span>)}
            </Text>
          )}
        </>
      )}
    </FormDialog>
  );
}
