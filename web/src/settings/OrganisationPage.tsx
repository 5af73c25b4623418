import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { faultsByField, patch, toRefusal, useMeta } from '@/api';
import { useText } from '@/i18n';
import { Page, Section, useFaultText, useToast } from '@/ui';
import { useSettingsWrite } from './useSettings';

/** The name of the organisation. */
export function OrganisationPage() {
  const { t } = useText();
  const { organisation } = useMeta();
  const write = useSettingsWrite('organisation');
  const toast = useToast();
  const faultText = useFaultText();
  const [name, setName] = useState(organisation.name);
  const [fault, setFault] = useState<string | undefined>();
  const handleSave = async () => {
    setFault(undefined);
    try {
      await write((base) => patch(`${base}/organisation`, { name }));
      toast.done(t('ui.saved'));
    } catch (error) {
      const named = faultsByField(toRefusal(error)).get('name');
      if (named) setFault(faultText(named));
      else toast.refused(error);
    }
  };
  return (
    <Page title={t('settings.organisation.title')} lead={t('settings.organisation.lead')} width="read">
      <Section title={t('settings.organisation.name')} lead={t('settings.organisation.name_help')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void handleSave();
          }}
        >
          <Group align="flex-start" gap="xs">
            <TextInput
              flex="1 1 240px"
              aria-label={t('settings.organisation.name')}
              value={name}
              error={fault}
              maxLength={120}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" disabled={name.trim() === '' || name === organisation.name}>{t('ui.save')}</Button>
          </Group>
        </form>
      </Section>
    </Page>
  );
}
