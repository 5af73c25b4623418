import { Button, Radio, Stack, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { put } from '@/api';
import { useText } from '@/i18n';
import { Section } from '@/ui';
import { useAct } from '../useAct';
import { useSettingsWrite } from '../useSettings';

export interface RatingSettings {
  department: string;
  is_on: boolean;
  asked_with: string;
  words: string;
}

const words_chars_max = 300;
const choices = ['each_reply', 'closing_reply'] as const;

/** One department: whether it asks, with which replies, and in which words. */
export function DepartmentRatings({ name, saved }: { name: string; saved: RatingSettings }) {
  const { t } = useText();
  const write = useSettingsWrite('rating_settings', 'audit_log');
  const act = useAct();
  const [edited, setEdited] = useState(saved);
  const [is_saving, setSaving] = useState(false);
  const { is_on, asked_with, words } = edited;
  const is_same = is_on === saved.is_on && asked_with === saved.asked_with && words === saved.words;
  const handleSave = async () => {
    setSaving(true);
    await act(
      () => write((base) => put(`${base}/rating_settings/${saved.department}`, { is_on, asked_with, words })),
      t('settings.customer_ratings.saved', { name }),
    );
    setSaving(false);
  };
  return (
    <Section title={name}>
      <Stack gap="md" align="flex-start">
        <Switch
          label={t('settings.customer_ratings.switch')}
          aria-label={t('settings.customer_ratings.switch_of', { name })}
          checked={is_on}
          onChange={(event) => setEdited({ ...edited, is_on: event.currentTarget.checked })}
        />
        {is_on && (
          <>
            <Radio.Group label={t('settings.customer_ratings.asked_with')} value={asked_with} onChange={(next) => setEdited({ ...edited, asked_with: next })}>
              <Stack gap="xs" mt="xs">
                {choices.map((each) => <Radio key={each} value={each} label={t(`settings.customer_ratings.${each}`)} />)}
              </Stack>
            </Radio.Group>
            <Textarea
              label={t('settings.customer_ratings.words_above')}
              description={t('settings.customer_ratings.words_help')}
              value={words}
              maxLength={words_chars_max}
              autosize
              minRows={2}
              w="100%"
              onChange={(event) => setEdited({ ...edited, words: event.currentTarget.value })}
            />
          </>
        )}
        <Button disabled={is_same} loading={is_saving} aria-label={t('settings.customer_ratings.save_of', { name })} onClick={() => void handleSave()}>
          {t('ui.save')}
        </Button>
      </Stack>
    </Section>
  );
}
