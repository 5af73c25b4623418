import { Button, Group, PasswordInput, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import { faultsByField, post, toRefusal } from '@/api';
import { useText } from '@/i18n';
import { Section, useFaultText, useToast } from '@/ui';

/** A new password, proven with the present one. */
export function PasswordSection() {
  const { t } = useText();
  const toast = useToast();
  const faultText = useFaultText();
  const [current_password, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState<unknown>(null);
  const faults = faultsByField(toRefusal(refused));
  const faultOf = (name: string) => {
    const fault = faults.get(name);
    return fault && faultText(fault);
  };
  const handleSave = async () => {
    setRefused(null);
    try {
      await post('/me/password', { current_password, password });
      setCurrent('');
      setPassword('');
      toast.done(t('settings.my_account.password_saved'));
    } catch (error) {
      const names = [...faultsByField(toRefusal(error)).keys()];
      if (names.includes('password') || names.includes('current_password')) setRefused(error);
      else toast.refused(error);
    }
  };
  const toggle = { 'aria-label': t('entrance.show_password') };
  return (
    <Section title={t('entrance.password')} lead={t('settings.my_account.password_lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void handleSave();
        }}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <PasswordInput
            label={t('settings.my_account.current_password')} autoComplete="current-password" visibilityToggleButtonProps={toggle}
            value={current_password} error={faultOf('current_password')}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('entrance.new_password')} autoComplete="new-password" visibilityToggleButtonProps={toggle}
            value={password} error={faultOf('password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </SimpleGrid>
        <Group justify="flex-end" mt="sm">
          <Button type="submit" variant="default" disabled={current_password === '' || password === ''}>
            {t('settings.my_account.password_change')}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
