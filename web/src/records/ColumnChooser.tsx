import { ActionIcon, Button, Checkbox, Popover, ScrollArea, Stack, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useText } from '@/i18n';

interface ColumnChooserProps {
  columns: { name: string; label: string }[];
  chosen: string[];
  onChoose: (names: string[] | null) => void;
}

/** Ticks for the columns of a list. */
export function ColumnChooser({ columns, chosen, onChoose }: ColumnChooserProps) {
  const { t } = useText();
  const handleToggle = (name: string) =>
    onChoose(
      chosen.includes(name)
        ? chosen.filter((each) => each !== name)
        : columns.map((column) => column.name).filter((each) => each === name || chosen.includes(each)),
    );
  return (
    <Popover position="bottom-end" width={240}>
      <Popover.Target>
        <Tooltip label={t('records.columns')}>
          <ActionIcon size="md" aria-label={t('records.columns')}><IconColumns3 size={16} /></ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('records.columns')}>
        <ScrollArea.Autosize mah={360} type="auto">
          <Stack gap={8}>
            {columns.map((column) => (
              <Checkbox
                key={column.name}
                label={column.label}
                checked={chosen.includes(column.name)}
                onChange={() => handleToggle(column.name)}
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Button mt="sm" fullWidth size="compact-sm" variant="default" onClick={() => onChoose(null)}>
          {t('records.columns_reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
