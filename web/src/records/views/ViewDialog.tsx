import { Alert, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { findField, useModule } from '@/api';
import type { CustomView } from '@/api';
import { useText } from '@/i18n';
import { FormDialog, keep_open, useRefusalText } from '@/ui';
import { ConditionBuilder } from '../conditions/ConditionBuilder';
import { useConditionModule } from '../conditions/condition_module';
import { isUnfinished } from '../conditions/conditions';
import { useConditionFields } from '../conditions/useConditionFields';
import { AudienceFields } from './AudienceFields';
import { FoundCount } from './FoundCount';
import { useViewWrites } from './useViewWrites';
import { viewBody, viewForm } from './view_form';
import type { ViewForm } from './view_form';
import classes from './Views.module.css';

interface ViewDialogProps {
  /** The view to change; null for a new one. */
  view: CustomView | null;
  /** A new view that begins as this one. */
  model: CustomView | null;
  may_share: boolean;
  onClose: () => void;
  onSaved: (view: CustomView) => void;
}

const name_chars_max = 100;

/** Puts a view together: name, conditions, order, columns, and for whom it is. */
export function ViewDialog({ view, model, may_share, onClose, onSaved }: ViewDialogProps) {
  const { t } = useText();
  const refusalText = useRefusalText();
  const module_name = useConditionModule();
  const writes = useViewWrites(module_name);
  const module = useModule(module_name);
  const fields = useConditionFields();
  const [form, setForm] = useState<ViewForm>(() => {
    const all = fields.map((each) => each.field);
    if (model !== null) return { ...viewForm(model, all), name: t('views.copy_of', { name: model.name }), audience: 'owner', audience_ids: [] };
    return viewForm(view, all);
  });
  const [shows_faults, setShowsFaults] = useState(false);
  const set = (changes: Partial<ViewForm>) => setForm((before) => ({ ...before, ...changes }));
  const handleSubmit = async () => {
    if (isUnfinished(form.conditions)) {
      setShowsFaults(true);
      return keep_open;
    }
    const body = viewBody(form);
    onSaved(view === null ? await writes.create(body) : await writes.change(view, body));
    return undefined;
  };
  const columns = fields.filter(({ field }) => field.kind !== 'rich_text' && findField(module, field.name) !== undefined).map(({ field, label }) => ({ value: field.name, label }));
  const sortable = fields.filter(({ field }) => field.sortable).map(({ field, label }) => ({ value: field.name, label }));
  return (
    <FormDialog
      title={view === null ? t('views.new') : t('views.edit', { name: view.name })} is_open size="xl"
      submit_label={view === null ? t('views.create') : t('ui.save')} required={{ name: form.name }} onClose={onClose} onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <>
          {(view ?? model)?.fault && <Alert color="yellow" p="xs">{refusalText((view ?? model)?.fault)}</Alert>}
          <TextInput
            label={t('views.name')} withAsterisk data-autofocus maxLength={name_chars_max} value={form.name} error={faultOf('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <ConditionBuilder root={form.conditions} shows_faults={shows_faults} onChange={(conditions) => set({ conditions })} />
          <FoundCount conditions={form.conditions} />
          <div className={classes.pair}>
            <Select
              label={t('views.sort')} allowDeselect={false} data={sortable} value={form.sort_field} error={faultOf('sort')}
              onChange={(sort_field) => sort_field !== null && set({ sort_field })}
            />
            <Select
              label={t('views.direction')} allowDeselect={false} value={form.is_descending ? 'down' : 'up'}
              data={[{ value: 'down', label: t('views.descending') }, { value: 'up', label: t('views.ascending') }]}
              onChange={(direction) => set({ is_descending: direction === 'down' })}
            />
          </div>
          <MultiSelect
            label={t('views.columns')} description={t('views.columns_help')} searchable data={columns} value={form.columns}
            error={faultOf('columns')} onChange={(names) => set({ columns: names })}
          />
          {may_share ? <AudienceFields form={form} onChange={set} faultOf={faultOf} /> : <p className={classes.hint}>{t('views.yours_alone')}</p>}
        </>
      )}
    </FormDialog>
  );
}
