import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '@/api';
import type { App, Choice, Field } from '@/api';

function isSales(app: App | null): boolean {
  return app === 'crm' || app === 'bigin';
}

/** The sales side has words of its own, and Bigin some beside those; what both lack is said as in Desk. */
function wordKeys(app: App | null, kind: 'field' | 'module', words: string[]): string[] {
  const sales = words.flatMap((word) => (app === 'bigin' ? [`crm.bigin.${kind}.${word}`, `crm.${kind}.${word}`] : [`crm.${kind}.${word}`]));
  return [...(isSales(app) ? sales : []), ...words.map((word) => `${kind}.${word}`)];
}

/** The label of a field: from the catalogue when it is one of ours, else as the server says. */
export function useFieldLabel(): (module: string, field: Pick<Field, 'name' | 'label' | 'custom'>) => string {
  const { i18n, t } = useTranslation();
  const app = useApp();
  return useCallback(
    (module, field) => {
      if (field.custom) return field.label;
      const key = wordKeys(app, 'field', [`${module}.${field.name}`, `any.${field.name}`]).find((each) => i18n.exists(each));
      return key === undefined ? field.label : t(key);
    },
    [i18n, t, app],
  );
}

/** The label of one choice of a field. A label that an administrator has written wins over ours. */
export function useChoiceLabel(): (module: string, field: Field, choice: Choice) => string {
  const { i18n, t } = useTranslation();
  const app = useApp();
  return useCallback(
    (module, field, choice) => {
      if (field.custom) return choice.label;
      // The choices of the sales side come with the product: nobody has given them another name, but for contact roles.
      const sales_key = `crm.choice.${field.name}.${choice.name}`;
      if (isSales(app) && !isRenamedRole(field, choice) && i18n.exists(sales_key)) return t(sales_key);
      const key = [`choice.${module}.${field.name}.${choice.name}`, `choice.any.${choice.name}`].find((each) => i18n.exists(each));
      return key !== undefined && isOurLabel(choice) ? t(key) : choice.label;
    },
    [i18n, t, app],
  );
}

/** "Developer/Evaluator" as choices are named: "developer_evaluator". */
function asChoiceName(label: string): string {
  return label.toLowerCase().replaceAll(/[^a-z]+/g, '_');
}

function isRenamedRole(field: Field, choice: Choice): boolean {
  return field.name === 'contact_role' && asChoiceName(choice.label) !== choice.name;
}

/** Name and label say the same: nobody has given the choice another name. */
function isOurLabel(choice: Choice): boolean {
  return choice.label === '' || choice.label.toLowerCase().replace(/[\s-]+/g, '_') === choice.name.toLowerCase();
}

/** "Tickets" or "ticket" in the person's language; "tickets" within a sentence. */
export function useModuleLabel(): (module: { name: string; label: string; label_plural: string }, count?: 'one' | 'many' | 'within') => string {
  const { i18n, t } = useTranslation();
  const app = useApp();
  return useCallback(
    (module, count = 'many') => {
      const key = wordKeys(app, 'module', [`${module.name}.${count === 'one' ? 'one' : 'many'}`]).find((each) => i18n.exists(each));
      if (key !== undefined) return count === 'within' ? t(key).toLocaleLowerCase(i18n.language) : t(key);
      return count === 'one' ? module.label : module.label_plural;
    },
    [i18n, t, app],
  );
}

/** The stages that every organisation begins with, in the person's language; others as they were named. */
export function useStageLabel(): (name: string) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    (name) => {
      const key = `crm.stage.${name.toLowerCase().replaceAll(/[^a-z]+/g, '_')}`;
      return i18n.exists(key) ? t(key) : name;
    },
    [i18n, t],
  );
}

/** The roles of contacts in deals that every organisation begins with, in the person's language; others as they were named. */
export function useContactRoleLabel(): (name: string) => string {
  const { i18n, t } = useTranslation();
  return useCallback(
    (name) => {
      const key = `crm.choice.contact_role.${asChoiceName(name)}`;
      return i18n.exists(key) ? t(key) : name;
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
