import { useQueryClient } from '@tanstack/react-query';
import { get, putRecord, toRefusal, useOrganisation } from '@/api';
import type { Field, Module, RecordData } from '@/api';
import { changesFor, FieldValue, useFieldLabel, valueOf } from '@/fields';
import { useText } from '@/i18n';
import { useConfirm } from '@/ui';
import classes from './PropertyList.module.css';
import { useSaveRecord } from './useRecordWrites';

/** So often somebody else may be faster within one save. */
const tries_max = 4;

/**
 * Saves one field as it was edited where it stands. Was the record changed meanwhile, the field is still saved when
 * nobody touched it; else the person sees both values and chooses.
 */
export function useSaveField(module: Module) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const confirm = useConfirm();
  const fieldLabel = useFieldLabel();
  const save = useSaveRecord(module.name);
  /** `base`: the record as it was when the edit began. */
  const saveField = async (base: RecordData, field: Field, mine: unknown): Promise<void> => {
    const changes = changesFor([{ field, value: mine }]);
    let revision = base.revision;
    for (let tries = 0; tries < tries_max; tries += 1) {
      try {
        await save.mutateAsync({ id: base.id, changes, revision });
        return;
      } catch (error) {
        if (toRefusal(error).code !== 'stale' || tries === tries_max - 1) throw error;
      }
      const now = await get<RecordData>(`/desk/${org}/${module.name}/${base.id}`);
      const theirs = valueOf(now, field);
      if (!areSame(field, theirs, valueOf(base, field)) && !areSame(field, theirs, mine)) {
        const is_mine = await confirm({
          title: t('records.stale_title'),
          body: (
            <>
              {fieldLabel(module.name, field)}
              <dl className={classes.stale}>
                <dt>{t('records.stale_now')}</dt>
                <dd><FieldValue module={module.name} field={field} value={theirs} /></dd>
                <dt>{t('records.stale_yours')}</dt>
                <dd><FieldValue module={module.name} field={field} value={mine} /></dd>
              </dl>
            </>
          ),
          confirm: t('records.stale_mine'), cancel: t('records.stale_theirs'), tone: 'normal',
        });
        if (!is_mine) {
          putRecord(cache, org, now);
          return;
        }
      }
      revision = now.revision;
    }
  };
  return { saveField, is_saving: save.isPending, saving: save.isPending ? save.variables.changes : null };
}

/** A link is the same by its id, however much of the other record came with it. */
function areSame(field: Field, one: unknown, other: unknown): boolean {
  const sent = (value: unknown) => JSON.stringify(changesFor([{ field, value: value ?? null }]));
  return sent(one) === sent(other);
}
