import { Select, Textarea } from '@mantine/core';
import { findField, useMeta, useModule } from '@/api';
import type { AutomationAction, ReplyTemplates } from '@/api';
import { FieldInput, linkedId, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { useLinkedTitle } from '@/records';
import { useSettingsQuery } from '../useSettings';
import { WebhookSelect } from './WebhookSelect';
import { htmlOfText, textOfHtml } from './automation_form';
import type { ActionsOf } from './automation_form';
import classes from './Automation.module.css';

interface ActionDetailsProps {
  action: AutomationAction;
  of: ActionsOf;
  onChange: (action: AutomationAction) => void;
}

const accesses = ['full', 'restricted', 'read_only'];
const draft_kinds = ['reply', 'reply_all', 'comment'];
const text_chars_max = 32_000;

/** What an action needs to know. */
export function ActionDetails(props: ActionDetailsProps) {
  const { action, onChange } = props;
  const { t } = useText();
  switch (action.do) {
    case 'set_field': return <FieldValue {...props} />;
    case 'assign': return <AssigneeSelect {...props} />;
    case 'move': return <DepartmentSelect {...props} />;
    case 'share':
      return (
        <>
          <DepartmentSelect {...props} />
          <Select
            aria-label={t('automation.access')} allowDeselect={false} value={action.access ?? 'full'}
            data={accesses.map((word) => ({ value: word, label: t(`desk.share.access.${word}`) }))} onChange={(access) => onChange({ ...action, access: access ?? 'full' })}
          />
        </>
      );
    case 'comment':
    case 'mail': return <ActionText {...props} />;
    case 'draft':
      return (
        <>
          <Select
            aria-label={t('automation.draft_of')} allowDeselect={false} value={action.kind ?? 'reply'}
            data={draft_kinds.map((word) => ({ value: word, label: t(`automation.draft_kind.${word}`) }))} onChange={(kind) => onChange({ ...action, kind: kind ?? 'reply' })}
          />
          <DraftWords {...props} />
        </>
      );
    case 'webhook': return <WebhookSelect {...props} />;
    case 'escalate':
    case 'stop': return null;
  }
}

function ActionText({ action, onChange }: ActionDetailsProps) {
  const { t } = useText();
  return (
    <Textarea
      className={classes.wide} aria-label={t('automation.text')} placeholder={t('automation.text')} autosize minRows={2} maxRows={10} maxLength={text_chars_max}
      value={textOfHtml(action.html ?? '')} onChange={(event) => onChange({ ...action, html: htmlOfText(event.currentTarget.value) })}
    />
  );
}

/** The words of a draft: a reply template, or a text of its own. */
function DraftWords(props: ActionDetailsProps) {
  const { action, onChange } = props;
  const { t } = useText();
  const templates = useSettingsQuery<ReplyTemplates>('reply_templates').data?.templates ?? [];
  const own = '';
  return (
    <>
      {(templates.length > 0 || action.template !== undefined) && (
        <Select
          aria-label={t('reply_template.in_macro')} searchable allowDeselect={false} value={action.template ?? own} nothingFoundMessage={t('ui.nothing_found')}
          data={[{ value: own, label: t('reply_template.own_text') }, ...templates.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(id) => onChange({ do: 'draft', kind: action.kind, ...(id === own || id === null ? { html: '' } : { template: id }) })}
        />
      )}
      {action.template === undefined && <ActionText {...props} />}
    </>
  );
}

function DepartmentSelect({ action, onChange }: ActionDetailsProps) {
  const { t } = useText();
  const { departments } = useMeta();
  return (
    <Select
      aria-label={t('automation.department')} placeholder={t('automation.department')} searchable allowDeselect={false}
      value={action.department === '' ? null : action.department ?? null}
      data={departments.map(({ id, name }) => ({ value: id, label: name }))} nothingFoundMessage={t('ui.nothing_found')}
      onChange={(department) => onChange({ ...action, department: department ?? '' })}
    />
  );
}

function AssigneeSelect({ action, of, onChange }: ActionDetailsProps) {
  const { t } = useText();
  const { agents } = useMeta();
  const ways = [...(of === 'macro' ? ['me'] : []), 'round_robin', 'least_load', 'nobody'];
  return (
    <Select
      className={classes.wide} aria-label={t('automation.assignee')} searchable allowDeselect={false} value={action.to ?? null}
      data={[
        ...ways.map((word) => ({ value: word, label: t(`automation.assign_to.${word}`) })),
        ...agents.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      nothingFoundMessage={t('ui.nothing_found')} onChange={(to) => onChange({ ...action, to: to ?? 'nobody' })}
    />
  );
}

function FieldValue({ action, onChange }: ActionDetailsProps) {
  const { t } = useText();
  const module = useModule('tickets');
  const fieldLabel = useFieldLabel();
  const { agents } = useMeta();
  const field = findField(module, action.field ?? '');
  const is_link = field?.kind === 'link' || field?.kind === 'user';
  const linked = useLinkedTitle(field?.link_to ?? '', is_link ? linkedId(action.value) : null);
  const offered = module.fields.filter((each) => !each.read_only);
  return (
    <>
      <Select
        aria-label={t('automation.field')} searchable allowDeselect={false} value={field?.name ?? null} placeholder={action.field || t('automation.field')}
        error={field === undefined && action.field ? t('views.field_gone', { field: action.field }) : undefined}
        data={offered.map((each) => ({ value: each.name, label: fieldLabel('tickets', each) }))} nothingFoundMessage={t('ui.nothing_found')}
        onChange={(name) => onChange({ ...action, field: name ?? '', value: null })}
      />
      {field !== undefined && (
        <div className={classes.value}>
          <FieldInput
            key={field.name} module="tickets" field={{ ...field, required: false }} label={t('automation.value')} value={is_link ? linked : action.value}
            choices={field.kind === 'user' ? agents.map(({ id, name }) => ({ id, title: name })) : undefined}
            onChange={(value) => onChange({ ...action, value: is_link ? linkedId(value) : value })}
          />
        </div>
      )}
    </>
  );
}
