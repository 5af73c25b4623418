import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { faultsByField, patch, toRefusal, useMeta } from '@/api';
import { useText } from '@/i18n';
import { Page, Section, useFaultText, useFormat, useToast } from '@/ui';
import { useSettingsQuery, useSettingsWrite } from './useSettings';

/** What the organisation is called, and in which money it counts. */
export function OrganisationPage() {
  const { t } = useText();
  return (
    <Page title={t('settings.organisation.title')} lead={t('settings.organisation.lead')} width="read">
      <NameSection />
      <CurrencySection />
    </Page>
  );
}

function NameSection() {
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
  );
}

interface OrganisationSettings {
  name: string;
  currency: string | null;
  currencies: string[];
}

function CurrencySection() {
  const { t } = useText();
  const { locale } = useFormat();
  const { organisation } = useMeta();
  const settings = useSettingsQuery<OrganisationSettings>('organisation');
  const write = useSettingsWrite('organisation');
  const toast = useToast();
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  const choices = (settings.data?.currencies ?? []).map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
  const handleChange = async (currency: string | null) => {
    try {
      await write((base) => patch(`${base}/organisation`, { currency }));
      toast.done(t('ui.saved'));
    } catch (error) {
      toast.refused(error);
    }
  };
  return (
    <Section title={t('settings.organisation.currency')} lead={t('settings.organisation.currency_help')}>
      <Select
        aria-label={t('settings.organisation.currency')} placeholder={t('settings.organisation.no_currency')} searchable clearable maw={360}
        data={choices} value={organisation.currency ?? null} nothingFoundMessage={t('ui.nothing_found')} onChange={(currency) => void handleChange(currency)}
      />
    </Section>
  );
}
