import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useState } from 'react';
import { faultsByField, toRefusal } from '@/api';
import type { Signature } from '@/api';
import { useText } from '@/i18n';
import { ErrorState, Section, useFaultText, useToast } from '@/ui';
import { useSettingsQuery } from '../useSettings';
import { SignatureText } from './SignatureText';
import { useSaveSignature } from './useSaveSignature';

/** What my answers and forwards begin with. */
export function OwnSignature() {
  const { t } = useText();
  const query = useSettingsQuery<Signature>('signature');
  return (
    <Section title={t('signature.title')} lead={t('signature.own_lead')}>
      {query.isPending && <Skeleton height={120} />}
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <OwnForm signature={query.data} />}
    </Section>
  );
}

function OwnForm({ signature }: { signature: Signature }) {
  const { t } = useText();
  const toast = useToast();
  const faultText = useFaultText();
  const save = useSaveSignature('signature');
  const [html, setHtml] = useState(signature.html);
  const [refused, setRefused] = useState<unknown>(null);
  const [is_sending, setSending] = useState(false);
  const fault = refused === null ? undefined : faultsByField(toRefusal(refused)).get('html');
  const handleSave = async () => {
    setSending(true);
    setRefused(null);
    try {
      setHtml((await save(html)).html);
      toast.done(t('ui.saved'));
    } catch (error) {
      setRefused(error);
      if (faultsByField(toRefusal(error)).get('html') === undefined) toast.refused(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <Stack gap="sm">
      <SignatureText html={html} placeholders={signature.placeholders} fault={fault && faultText(fault)} onChange={setHtml} />
      <Group justify="flex-end">
        <Button loading={is_sending} disabled={html === signature.html} onClick={() => void handleSave()}>{t('ui.save')}</Button>
      </Group>
    </Stack>
  );
}
