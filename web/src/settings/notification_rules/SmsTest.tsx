import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { faultsByField, homeOf, post, toRefusal, useOrganisation, useSession } from '@/api';
import type { SmsTestAnswer } from '@/api';
import { useText } from '@/i18n';
import { useFaultText, useToast } from '@/ui';

/** Sends one message now and says what the gateway answered. */
export function SmsTest() {
  const { t } = useText();
  const org = useOrganisation();
  const { person } = useSession();
  const toast = useToast();
  const faultText = useFaultText();
  const [to, setTo] = useState(person.phone);
  const [fault, setFault] = useState<string | undefined>();
  const [answer, setAnswer] = useState<SmsTestAnswer | null>(null);
  const [is_sending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    setFault(undefined);
    setAnswer(null);
    try {
      setAnswer(await post<SmsTestAnswer>(`${homeOf(org)}/sms_gateway/test`, { to }));
    } catch (error) {
      const named = faultsByField(toRefusal(error)).get('to');
      if (named) setFault(faultText(named));
      else toast.refused(error);
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Group align="flex-start" gap="xs">
        <TextInput
          flex="1 1 200px" maw={280} type="tel" autoComplete="tel" placeholder={t('settings.sms_gateway.test_to_hint')} aria-label={t('settings.sms_gateway.test_to')}
          value={to} error={fault} onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={is_sending}>{t('settings.sms_gateway.test')}</Button>
      </Group>
      {answer !== null && (
        <Alert mt="sm" p="xs" role="status" color={answer.ok ? 'green' : 'red'} title={t(answer.ok ? 'settings.sms_gateway.test_ok' : 'settings.sms_gateway.test_bad')}>
          {answer.message}
        </Alert>
      )}
    </form>
  );
}
