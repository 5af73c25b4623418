import { findField, useModule } from '@/api';
import { useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import type { KeyFigures } from './dashboard_types';

/** A choice of tickets as people read it, "None" for those without. */
export function useTicketChoice(): (name: 'channel' | 'priority', key: string) => string {
  const { t } = useText();
  const module = useModule('tickets');
  const choiceLabel = useChoiceLabel();
  return (name, key) => {
    if (key === '') return t('dashboard.none');
    const field = findField(module, name);
    const choice = field?.choices?.find((each) => each.name === key);
    return field && choice ? choiceLabel('tickets', field, choice) : key;
  };
}

/** An agent, "Nobody" for the tickets without one. */
export function useAgentLabel(): (row: KeyFigures) => string {
  const { t } = useText();
  return (row) => (row.key === '0' ? t('dashboard.nobody') : row.title || t('dashboard.gone'));
}
