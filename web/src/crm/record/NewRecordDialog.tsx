import { useMeta, useModule } from '@/api';
import type { RecordData } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { RecordFormDialog, useCreateRecord } from '@/records';
import { dayOf, nextQuarterHour } from '../deals/days';
import { stageForm } from '../deals/stages';
import { DuplicateWarning } from '../merging/DuplicateWarning';
import { isCompared } from '../merging/useDuplicates';
import { useFormRules } from '../useFormRules';
import { sales_modules } from '../sales_modules';
import type { SalesModuleName } from '../sales_modules';

interface NewRecordDialogProps {
  module: SalesModuleName;
  /** What stands in the form at first, such as the record that the new one belongs to. */
  values?: Record<string, unknown>;
  is_open: boolean;
  onClose: () => void;
  onCreated: (record: RecordData) => void;
}

/** Asks for what a new record needs; the rest is filled in on its page. */
export function NewRecordDialog({ module: name, values = {}, is_open, onClose, onCreated }: NewRecordDialogProps) {
  const { t } = useText();
  const rules = useFormRules(name);
  const module = useModule(name);
  const { me, pipelines } = useMeta();
  const label = useModuleLabel()(module, 'one');
  const create = useCreateRecord(name);
  const required = module.fields.filter((field) => field.required).map((field) => field.name);
  const is_one_way = pipelines.length <= 1;
  const asked = [...new Set([...sales_modules[name].asked, ...required])].filter((field) => field !== 'pipeline' || !is_one_way);
  const first = { owner: { id: me.agent_id, title: me.name }, ...firstOf(name), ...(name === 'deals' ? stageForm(pipelines) : {}), ...values };
  return (
    <RecordFormDialog
      module={module}
      title={t('records.new', { module: label })}
      fields={asked}
      values={first}
      is_open={is_open}
      submit_label={t('ui.create')}
      rules={isCompared(name) ? { ...rules, below: (field, typed) => <DuplicateWarning module={name} field={field.name} values={typed} /> } : rules}
      onClose={onClose}
      onSubmit={async (changes) => onCreated(await create.mutateAsync(changes))}
    />
  );
}

/** What a person would fill in most often. */
function firstOf(name: SalesModuleName): Record<string, unknown> {
  const now = new Date();
  if (name === 'calls') return { starts_at: now.toISOString() };
  if (name === 'tasks') return { due_on: dayOf(now) };
  if (name !== 'events') return {};
  const begins = nextQuarterHour(now);
  return { starts_at: begins.toISOString(), ends_at: new Date(begins.getTime() + hour_ms).toISOString() };
}

const hour_ms = 3_600_000;
