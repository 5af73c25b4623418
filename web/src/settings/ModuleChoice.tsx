import { SegmentedControl, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMeta } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';

/** So many stand side by side; more are chosen from a menu. */
const side_by_side_max = 5;
const side_by_side_max_small = 3;

interface ModuleChoiceProps {
  /** The names that may be chosen; of an organisation that lacks one it is left out. */
  offered: string[];
  value: string;
  onChange: (name: string) => void;
  size?: 'xs';
  /** Room below it. */
  mb?: 'md';
}

/** Which module a page of the settings is about. */
export function ModuleChoice({ offered, value, onChange, size, mb }: ModuleChoiceProps) {
  const { t } = useText();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const data = modules.filter((each) => offered.includes(each.name) && each.may.includes('read')).map((each) => ({ value: each.name, label: moduleLabel(each) }));
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  if (data.length <= (is_small ? side_by_side_max_small : side_by_side_max)) return <SegmentedControl mb={mb} size={size} aria-label={t('app.modules')} value={value} onChange={onChange} data={data} />;
  return <Select mb={mb} size={size} maw={260} aria-label={t('app.modules')} allowDeselect={false} value={value} data={data} onChange={(name) => name !== null && onChange(name)} />;
}
