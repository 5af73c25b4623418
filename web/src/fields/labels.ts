import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice, Field } from '@/api';

/** The label of a field: from the catalogue when it is one of ours, else as the server says. */
export function useFieldLabel(): (module: string, field: Pick<Field, 'name' | 'label' | 'custom'>) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    (module, field) => {
      if (field.custom) return field.label;
      for (const key of [`field.${module}.${field.name}`, `field.any.${field.name}`])
        if (i18n.exists(key)) return t(key);
      return field.label;
    },
    [i18n, t],
  );
}

/** The label of one choice of a field. A label that an administrator has written wins over ours. */
export function useChoiceLabel(): (module: string, field: Field, choice: Choice) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    (module, field, choice) => {
      const key = `choice.${module}.${field.name}.${choice.name}`;
      const common_key = `choice.any.${choice.name}`;
      if (field.custom) return choice.label;
      if (i18n.exists(key) && isOurLabel(choice)) return t(key);
      return i18n.exists(common_key) && isOurLabel(choice) ? t(common_key) : choice.label;
    },
    [i18n, t],
  );
}

/** Name and label say the same: nobody has given the choice another name. */
function isOurLabel(choice: Choice): boolean {
  return choice.label === '' || choice.label.toLowerCase().replace(/[\s-]+/g, '_') === choice.name.toLowerCase();
}

/** "Tickets" or "Ticket" in the person's language. */
export function useModuleLabel(): (module: { name: string; label: string; label_plural: string }, count?: 'one' | 'many') => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    (module, count = 'many') => {
      const key = `module.${module.name}.${count}`;
      if (i18n.exists(key)) return t(key);
      return count === 'many' ? module.label_plural : module.label;
    },
    [i18n, t],
  );
}

/** The name of a role: of those that come with the product in the person's language. */
export function useRoleLabel(): (name: string) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    (name) => {
      const key = `role.${name.toLowerCase().replaceAll(' ', '_')}`;
      return i18n.exists(key) ? t(key) : name;
    },
    [i18n, t],
  );
}
