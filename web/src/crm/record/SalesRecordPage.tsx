import { Alert, Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft, IconArrowsJoin, IconArrowsSplit2, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { findField, homeOf, useMeta, useModule, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText, FieldValue, mayWrite, useFieldLabel, useModuleLabel, valueOf } from '@/fields';
import { useText } from '@/i18n';
import { PropertyList, RecordFormDialog, useDeleteWithUndo, useRecord } from '@/records';
import { Avatar, ErrorState, PageSkeleton, useCommands } from '@/ui';
import { pipelineOf } from '../deals/stages';
import { useFormRules } from '../useFormRules';
import { ConvertDialog } from '../leads/ConvertDialog';
import { ConvertedNote } from '../leads/ConvertedNote';
import { DuplicateNote } from '../merging/DuplicateNote';
import { MergeDialog } from '../merging/MergeDialog';
import { sales_modules } from '../sales_modules';
import type { SalesModuleName } from '../sales_modules';
import classes from './Record.module.css';
import { RecordTabs } from './RecordTabs';
import { StagePath } from './StagePath';

/** Said in the head of the page rather than among the properties. */
const said_elsewhere = ['converted_at', 'converted_contact', 'converted_account', 'converted_deal', 'reminded_at', 'team_pipeline', 'merged_into'];
/** What stands under the title, of each module the first few that it has. */
const facts = ['company', 'account', 'contact', 'amount', 'closes_on', 'job_title', 'designation', 'industry', 'due_on', 'starts_at', 'status', 'code'];
const facts_max = 3;

/** A record: what is known, what belongs to it, and who changed what. */
export function SalesRecordPage({ module }: { module: SalesModuleName }) {
  const { t } = useText();
  const org = useOrganisation();
  const id = useParams().id ?? '';
  const query = useRecord(module, id);
  const label = useModuleLabel()(useModule(module), 'within');
  const became = asLinked(query.data?.merged_into);
  if (became) return <Navigate to={`${homeOf(org)}/${module}/${became.id}`} replace />;
  if (query.data) return <RecordScreen key={id} name={module} record={query.data} />;
  const back = <Button component={Link} to={`${homeOf(org)}/${module}`} variant="default">{t('desk.back_to', { module: label })}</Button>;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} action={back} />;
  return <PageSkeleton />;
}

function RecordScreen({ name, record }: { name: SalesModuleName; record: RecordData }) {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const module = useModule(name);
  const moduleLabel = useModuleLabel();
  const rules = useFormRules(name);
  const removeWithUndo = useDeleteWithUndo(name);
  const [dialog, setDialog] = useState<'edit' | 'convert' | 'merge' | null>(null);
  useDocumentTitle(`${record.title} · Tandem`);
  const is_converted = asText(record.converted_at) !== null;
  const { pipelines } = useMeta();
  /** Where a deal stands is shown above, as a way. */
  const has_path = name === 'deals' && pipelineOf(pipelines, record) !== undefined;
  const may_update = record.may.includes('update') && !is_converted;
  const may_convert = name === 'leads' && record.may.includes('convert') && !is_converted;
  const may_merge = record.may.includes('merge') && record.may.includes('delete') && !is_converted;
  const shown = module.fields.filter((field) => !said_elsewhere.includes(field.name));
  const handleDelete = async () => {
    const back = `${homeOf(org)}/${name}/${record.id}`;
    if (await removeWithUndo(record, () => void navigate(back))) void navigate(`${homeOf(org)}/${name}`);
  };
  useCommands([
    ...(may_update ? [{ id: 'record.edit', label: t('ui.edit'), group: t('desk.this_record'), keys: 'e', run: () => setDialog('edit') }] : []),
    ...(may_convert ? [{ id: 'lead.convert', label: t('crm.convert.act'), group: t('desk.this_record'), keys: 'v', run: () => setDialog('convert') }] : []),
  ]);
  const Sign = sales_modules[name].icon;
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Link className={classes.back} to={`${homeOf(org)}/${name}`} aria-label={t('desk.back_to', { module: moduleLabel(module, 'within') })}>
          <IconArrowLeft size={17} aria-hidden="true" />
        </Link>
        {findField(module, 'last_name') !== undefined ? <Avatar name={record.title} size="large" /> : <span className={classes.sign} aria-hidden="true"><Sign size={18} /></span>}
        <div className={classes.words}>
          <h1 className={classes.title}>{record.title}</h1>
          <Facts name={name} record={record} />
        </div>
        <div className={classes.acts}>
          {may_convert && <Button leftSection={<IconArrowsSplit2 size={16} />} onClick={() => setDialog('convert')}>{t('crm.convert.act')}</Button>}
          {may_update && <Button variant="default" onClick={() => setDialog('edit')}>{t('ui.edit')}</Button>}
          {may_merge && <Button variant="default" leftSection={<IconArrowsJoin size={15} />} onClick={() => setDialog('merge')}>{t('merge.action')}</Button>}
          {record.may.includes('delete') && (
            <Button variant="default" leftSection={<IconTrash size={15} />} onClick={() => void handleDelete()}>{t('ui.delete')}</Button>
          )}
        </div>
      </header>
      {is_converted && <Alert className={classes.note} color="green" p="xs"><ConvertedNote lead={record} /></Alert>}
      {!is_converted && <DuplicateNote module={name} record={record} />}
      {name === 'deals' && <StagePath deal={record} />}
      <div className={classes.columns}>
        <section className={classes.properties} aria-label={t('desk.properties')}>
          <PropertyList
            module={module}
            record={record}
            fields={shown.map((field) => field.name).filter((field) => (field !== 'stage' || !has_path) && (field !== 'reason_for_loss' || record.outcome === 'lost'))}
            fixed={['pipeline']}
          />
        </section>
        <div className={classes.related}><RecordTabs name={name} record={record} /></div>
      </div>
      <RecordFormDialog
        module={module}
        title={t('desk.edit_record', { title: record.title })}
        fields={shown.filter((field) => mayWrite(record, field)).map((field) => field.name)}
        record={record}
        is_open={dialog === 'edit'}
        submit_label={t('ui.save')}
        rules={rules}
        onClose={() => setDialog(null)}
      />
      {dialog === 'merge' && <MergeDialog module={name} record={record} onClose={() => setDialog(null)} />}
      {dialog === 'convert' && <ConvertDialog lead={record} onClose={() => setDialog(null)} />}
    </div>
  );
}

function Facts({ name, record }: { name: SalesModuleName; record: RecordData }) {
  const module = useModule(name);
  const fieldLabel = useFieldLabel();
  const said = facts.flatMap((fact) => findField(module, fact) ?? []).filter((field) => {
    const value = valueOf(record, field);
    return value !== null && value !== undefined && value !== '' && (asLinked(value) !== null || typeof value !== 'object');
  });
  return (
    <span className={classes.facts}>
      {said.slice(0, facts_max).map((field) => (
        <span key={field.name} title={fieldLabel(name, field)}><FieldValue module={name} field={field} value={valueOf(record, field)} /></span>
      ))}
    </span>
  );
}
