import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useText } from '@/i18n';
import { useRefusalText } from '@/ui';
import { RefusalNote } from './RefusalNote';

interface NewPasswordFormProps {
  submit_label: string;
  /** With it the form asks for a name too, and this stands in it at first. */
  name?: string;
  /** The person has a password already: it is asked for, not chosen. */
  password_kind?: 'new' | 'present';
  onSubmit: (password: string, name: string) => Promise<void>;
}

export function NewPasswordForm({ submit_label, name: first_name, password_kind = 'new', onSubmit }: NewPasswordFormProps) {
  const { t } = useText();
  const refusalText = useRefusalText();
  const [name, setName] = useState(first_name ?? '');
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [is_sending, setSending] = useState(false);
  const is_new = password_kind === 'new';
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setRefused(null);
    try {
      await onSubmit(password, name.trim());
    } catch (error) {
      setRefused(refusalText(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <form onSubmit={(event) => void handleSubmit(event)}>
      <Stack gap="md">
        <RefusalNote words={refused} />
        {first_name !== undefined && (
          <TextInput
            label={t('entrance.name')}
            size="md"
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={is_new ? t('entrance.new_password') : t('entrance.password')}
          description={is_new ? t('entrance.password_rule') : undefined}
          size="md"
          autoFocus
          autoComplete={is_new ? 'new-password' : 'current-password'}
          visibilityToggleButtonProps={{ 'aria-label': t('entrance.show_password') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={is_sending}>{submit_label}</Button>
      </Stack>
    </form>
  );
}
