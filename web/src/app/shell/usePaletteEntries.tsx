import { useDebouncedValue } from '@mantine/hooks';
import { IconFile, IconSearch, IconTicket } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { appOf, homeOf, useMeta, useOrganisation } from '@/api';
import { isSalesModule, sales_modules } from '@/crm/sales_modules';
import { modules_with_pages, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { useSearch } from '@/records';
import { useAllCommands } from '@/ui';

export interface PaletteEntry {
  id: string;
  group: string;
  label: string;
  detail: string | null;
  keys: string | null;
  icon: ReactNode;
  run: () => void;
}

const typing_ms = 150;
const hits_per_module_max = 5;
const iconOf = (module: string): Icon => (module === 'tickets' ? IconTicket : isSalesModule(module) ? sales_modules[module].icon : IconFile);

/** What the typed words find: commands, and records of every module. Without words: the commands. */
export function usePaletteEntries(words: string): { entries: PaletteEntry[]; is_searching: boolean } {
  const { t } = useText();
  const org = useOrganisation();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const navigate = useNavigate();
  const commands = useAllCommands();
  const [settled] = useDebouncedValue(words.trim(), typing_ms);
  const search = useSearch(settled, null);
  const typed = words.trim();
  const entries: PaletteEntry[] = [];
  // Commands are there at once; records that are found later must not push them from under Enter.
  const shown = commands.filter((command) => !command.hidden_in_palette && matches(command.label, typed));
  const ordered = [...shown].sort((a, b) => groupOrder(shown, a.group) - groupOrder(shown, b.group));
  for (const command of ordered)
    entries.push({
      id: `command.${command.id}`, group: command.group, label: command.label, detail: null,
      keys: command.keys ?? null, icon: command.icon ?? null, run: command.run,
    });
  if (typed !== '') {
    for (const group of (search.data ?? []).filter((each) => modules_with_pages[appOf(org)].includes(each.module))) {
      const Sign = iconOf(group.module);
      const module = modules.find((each) => each.name === group.module);
      for (const hit of group.records.slice(0, hits_per_module_max))
        entries.push({
          id: `${group.module}.${hit.id}`, group: module ? moduleLabel(module) : group.module, label: hit.title,
          detail: hit.subtitle, keys: null, icon: <Sign size={16} />,
          run: () => void navigate(`${homeOf(org)}/${group.module}/${hit.id}`),
        });
    }
    entries.push({
      id: 'search.all', group: t('palette.search'), label: t('palette.search_all', { words: typed }), detail: null,
      keys: null, icon: <IconSearch size={16} />,
      run: () => void navigate(`${homeOf(org)}/search?q=${encodeURIComponent(typed)}`),
    });
  }
  return { entries, is_searching: search.isFetching };
}

/** Commands of the screen come before those of the shell, for they were registered later. */
function groupOrder(commands: { group: string }[], group: string): number {
  return -commands.findLastIndex((command) => command.group === group);
}

/** Every typed word is in the label. */
function matches(label: string, typed: string): boolean {
  const text = label.toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
