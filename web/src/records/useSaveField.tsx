import { useQueryClient } from '@tanstack/react-query';
import { get, homeOf, putRecord, toRefusal, useOrganisation } from '@/api';
import type { Field, Module, RecordData } from '@/api';
import { changesFor, FieldValue, useFieldLabel, valueOf } from '@/fields';
import { useText } from '@/i18n';
import { useConfirm } from '@/ui';
import classes from './PropertyList.module.css';
import { useSaveRecord } from './useRecordWrites';

/** So often somebody else may be faster within one save. */
const tries_max = 4;

export interface EditedField {
  field: Field;
  value: unknown;
}

/**
 * Saves the fields that a person edited, and no others. Was the record changed meanwhile, they are still saved when
 * nobody touched them; else the person sees both values of each and chooses.
 */
export function useSaveField(module: Module) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const confirm = useConfirm();
  const fieldLabel = useFieldLabel();
  const save = useSaveRecord(module.name);
  const choose = (contested: EditedField[], now: RecordData) => confirm({
    title: t('records.stale_title'),
    body: contested.map(({ field, value }) => (
      <div key={field.name}>
        {fieldLabel(module.name, field)}
        <dl className={classes.stale}>
          <dt>{t('records.stale_now')}</dt>
          <dd><FieldValue module={module.name} field={field} value={valueOf(now, field)} /></dd>
          <dt>{t('records.stale_yours')}</dt>
          <dd><FieldValue module={module.name} field={field} value={value} /></dd>
        </dl>
      </div>
    )),
    confirm: t('records.stale_mine'), cancel: t('records.stale_theirs'), tone: 'normal',
  });
  /** `base`: the record as it was when the edit began. */
  const saveFields = async (base: RecordData, edited: EditedField[]): Promise<void> => {
    let mine = edited.filter(({ field, value }) => !areSame(field, value, valueOf(base, field)));
    let before = base;
    for (let tries = 0; tries < tries_max && mine.length > 0; tries += 1) {
      try {
        await save.mutateAsync({ id: base.id, changes: changesFor(mine), revision: before.revision });
        return;
      } catch (error) {
        if (toRefusal(error).code !== 'stale' || tries === tries_max - 1) throw error;
      }
      const now = await get<RecordData>(`${homeOf(org)}/${module.name}/${base.id}`);
      const was = before;
      const contested = mine.filter(({ field, value }) => {
        const theirs = valueOf(now, field);
        return !areSame(field, theirs, valueOf(was, field)) && !areSame(field, theirs, value);
      });
      if (contested.length > 0 && !(await choose(contested, now))) mine = mine.filter((each) => !contested.includes(each));
      if (mine.length === 0) putRecord(cache, org, now);
      before = now;
    }
  };
  return { saveFields, is_saving: save.isPending, saving: save.isPending ? save.variables.changes : null };
}

/** A link is the same by its id, however much of the other record came with it. */
function areSame(field: Field, one: unknown, other: unknown): boolean {
  const sent = (value: unknown) => JSON.stringify(changesFor([{ field, value: value ?? null }]));
  return sent(one) === sent(other);
}
