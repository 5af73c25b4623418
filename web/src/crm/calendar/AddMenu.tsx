import { Button, Modal, Stack } from '@mantine/core';
import { useMeta } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { sales_modules } from '../sales_modules';
import type { EntryModule } from './entries';
import { entry_modules } from './useCalendar';
import type { Slot } from './values_at';

interface AddMenuProps {
  slot: Slot;
  onChoose: (module: EntryModule) => void;
  onClose: () => void;
}

/** Asks what is to stand there. */
export function AddMenu({ slot, onChoose, onClose }: AddMenuProps) {
  const { t } = useText();
  const format = useFormat();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const offered = entry_modules.flatMap((name) => modules.find((module) => module.name === name && module.may.includes('create')) ?? []);
  const day = new Intl.DateTimeFormat(format.locale, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${slot.day}T00:00:00Z`));
  return (
    <Modal opened size="sm" onClose={onClose} title={slot.hour === null ? day : t('calendar.at', { day, time: hourWords(format.locale, slot.hour) })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {offered.length === 0 && <p>{t('calendar.may_add_nothing')}</p>}
      <Stack gap="xs">
        {offered.map((module, at) => {
          const name = entry_modules.find((each) => each === module.name) ?? 'events';
          const Sign = sales_modules[name].icon;
          return (
            <Button
              key={name} variant="default" justify="flex-start" leftSection={<Sign size={16} />} data-autofocus={at === 0 || undefined}
              onClick={() => {
                onClose();
                onChoose(name);
              }}
            >
              {t('records.new', { module: moduleLabel(module, 'one') })}
            </Button>
          );
        })}
      </Stack>
    </Modal>
  );
}

/** "14:00" or "2 PM", as the person writes hours. */
export function hourWords(locale: string, hour: number): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 1, hour)));
}
