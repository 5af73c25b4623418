import { Button, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { patch, undo_send_choices, useSession, useTakePerson } from '@/api';
import type { Density, Locale, Person, ThemeChoice } from '@/api';
import { offered_locales, useText } from '@/i18n';
import { Section, useToast } from '@/ui';

const themes: ThemeChoice[] = ['system', 'light', 'dark'];
const densities: Density[] = ['comfortable', 'compact'];

/** My name, and how I read. Menus are taken at once; the name when it is saved. */
export function ProfileSection() {
  const { t } = useText();
  const { person } = useSession();
  const takePerson = useTakePerson();
  const toast = useToast();
  const [name, setName] = useState(person.name);
  const [phone, setPhone] = useState(person.phone);
  const save = async (changes: Partial<Person>) => {
    try {
      const saved = await patch<Person>('/me', changes);
      takePerson(saved);
      if (changes.phone !== undefined) setPhone(saved.phone);
      toast.done(t('ui.saved'));
    } catch (error) {
      toast.refused(error);
    }
  };
  const zones = Intl.supportedValuesOf('timeZone');
  const known_zones = zones.includes(person.time_zone) ? zones : [person.time_zone, ...zones];
  return (
    <Section title={t('settings.my_account.profile')} lead={person.email}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save({ name: name.trim() });
        }}
      >
        <Group align="flex-end" gap="xs" mb="sm">
          <TextInput
            flex="1 1 240px" label={t('entrance.name')} autoComplete="name" maxLength={120} value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === '' || name.trim() === person.name}>{t('ui.save')}</Button>
        </Group>
      </form>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save({ phone: phone.trim() });
        }}
      >
        <Group align="flex-end" gap="xs" mb="sm">
          <TextInput
            flex="1 1 240px" label={t('settings.my_account.phone')} description={t('settings.my_account.phone_help')} type="tel"
            autoComplete="tel" maxLength={40} value={phone} onChange={(event) => setPhone(event.currentTarget.value)}
          />
          <Button type="submit" disabled={phone.trim() === person.phone}>{t('ui.save')}</Button>
        </Group>
      </form>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Select
          label={t('app.language')} allowDeselect={false} value={person.locale}
          data={offered_locales.map((locale) => ({ value: locale, label: t(`locale.${locale}`) }))}
          onChange={(word) => {
            const locale: Locale | undefined = offered_locales.find((each) => each === word);
            if (locale) void save({ locale });
          }}
        />
        <Select
          label={t('settings.my_account.time_zone')} allowDeselect={false} searchable value={person.time_zone} data={known_zones}
          nothingFoundMessage={t('ui.nothing_found')} limit={60}
          onChange={(time_zone) => time_zone !== null && void save({ time_zone })}
        />
        <Select
          label={t('app.theme')} allowDeselect={false} value={person.theme}
          data={themes.map((theme) => ({ value: theme, label: t(`app.theme_${theme}`) }))}
          onChange={(word) => {
            const theme = themes.find((each) => each === word);
            if (theme) void save({ theme });
          }}
        />
        <Select
          label={t('app.density')} allowDeselect={false} value={person.density}
          data={densities.map((density) => ({ value: density, label: t(`app.density_${density}`) }))}
          onChange={(word) => {
            const density = densities.find((each) => each === word);
            if (density) void save({ density });
          }}
        />
        <Select
          label={t('settings.my_account.undo_send')} description={t('settings.my_account.undo_send_help')} inputWrapperOrder={['label', 'input', 'description']}
          allowDeselect={false} value={String(person.undo_send_seconds)}
          data={undo_send_choices.map((seconds) => ({
            value: String(seconds), label: seconds === 0 ? t('settings.my_account.undo_send_off') : t('settings.my_account.undo_send_seconds', { seconds }),
          }))}
          onChange={(seconds) => seconds !== null && void save({ undo_send_seconds: Number(seconds) })}
        />
      </SimpleGrid>
    </Section>
  );
}
