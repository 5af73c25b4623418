import { Checkbox, Tooltip } from '@mantine/core';
import { useMeta } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { module_rights, ticket_rights, toggled } from './role_words';
import classes from './Roles.module.css';

interface RightsTableProps {
  rights: Record<string, string[]>;
  is_fixed: boolean;
  onChange: (rights: Record<string, string[]>) => void;
}

/** Module × verb. What only tickets know stands in a second table. */
export function RightsTable({ rights, is_fixed, onChange }: RightsTableProps) {
  const { t } = useText();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const shown = modules.filter((module) => module.name !== 'agents' && module.name !== 'departments');
  const table = (verbs: string[], rows: typeof shown, label: string) => (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('app.modules')}</th>
            {verbs.map((verb) => <th key={verb} scope="col">{t(`right.${verb}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((module) => {
            const held = rights[module.name] ?? [];
            return (
              <tr key={module.name}>
                <th scope="row">{moduleLabel(module)}</th>
                {verbs.map((verb) => (
                  <td key={verb}>
                    <Tooltip label={t('settings.roles.needs_read')} disabled={verb === 'read' || held.includes('read') || is_fixed}>
                      <Checkbox
                        aria-label={`${moduleLabel(module)}: ${t(`right.${verb}`)}`}
                        checked={held.includes(verb)}
                        disabled={is_fixed}
                        onChange={() => onChange({ ...rights, [module.name]: withRight(held, verb) })}
                      />
                    </Tooltip>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
  return (
    <>
      {table(module_rights, shown, t('settings.roles.rights'))}
      {shown.some((module) => module.name === 'tickets') && table(ticket_rights, shown.filter((module) => module.name === 'tickets'), t('settings.roles.ticket_rights'))}
    </>
  );
}

/** Every right brings reading along; without reading there is none. The server holds to the same. */
function withRight(held: string[], verb: string): string[] {
  if (verb === 'read') return held.includes('read') ? [] : ['read'];
  const next = toggled(held, verb);
  return next.length > 0 && !next.includes('read') ? ['read', ...next] : next;
}
