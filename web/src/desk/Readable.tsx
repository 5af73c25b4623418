import { IconEyeOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMeta } from '@/api';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';
import { BackToQueue } from './common/BackToQueue';

interface ReadableProps {
  /** One of them is enough. */
  modules: string[];
  children: ReactNode;
}

/** A screen for those whose role may read what is on it; the others are told why there is nothing. */
export function Readable({ modules, children }: ReadableProps) {
  const { t } = useText();
  const known = useMeta().modules;
  if (known.some(({ name, may }) => modules.includes(name) && may.includes('read'))) return children;
  return (
    <EmptyState icon={<IconEyeOff size={22} />} title={t('ui.error.title_forbidden')} title_as="h1" action={<BackToQueue />}>
      {t('desk.not_readable_help')}
    </EmptyState>
  );
}
