import { Checkbox, Radio, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { findField, homeOf, keys, post, useMay, useMeta, useModule, useOrganisation } from '@/api';
import type { Field, Linked, RecordData } from '@/api';
import { asLinked, asText, changesFor, FieldInput, linkedId, useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, useToast } from '@/ui';
import type { FaultOf } from '@/ui';
import { dayOf } from '../deals/days';
import { stageForm } from '../deals/stages';
import { useDealForm } from '../deals/useDealForm';

/** A deal of a lead is expected within so many days. */
const closing_days = 30;
const deal_fields = ['name', 'amount', 'closes_on', 'pipeline', 'stage', 'reason_for_loss'];

interface Converted {
  contact: RecordData;
  account: RecordData;
  deal: RecordData | null;
  /** Something that the role does not show of the lead was not carried over. */
  stays_hidden: boolean;
}

/** Makes a contact of an account, and a deal if one is in sight, out of a lead; leads to what came of it. */
export function ConvertDialog({ lead, onClose }: { lead: RecordData; onClose: () => void }) {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const toast = useToast();
  const form = useConvertForm(lead);
  const may_deal = useMay('create', 'deals');
  const company = asText(lead.company) ?? '';
  const handleSubmit = async () => {
    const made = await post<Converted>(`${homeOf(org)}/leads/${lead.id}/convert`, form.body());
    for (const module of ['leads', 'contacts', 'accounts', 'deals', 'notes', 'tasks', 'events', 'calls'])
      void cache.invalidateQueries({ queryKey: keys.module(org, module) });
    const stays = made.stays_hidden ? ` ${t('crm.convert.stays_hidden')}` : '';
    toast.done(`${t('crm.convert.done', { lead: lead.title })}${stays}`);
    const target = made.deal ?? made.contact;
    void navigate(`${homeOf(org)}/${made.deal === null ? 'contacts' : 'deals'}/${target.id}`);
  };
  return (
    <FormDialog
      title={t('crm.convert.title', { lead: lead.title })} is_open size="lg" submit_label={t('crm.convert.submit')}
      required={form.required()} onClose={onClose} onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <>
          <Text size="sm" c="dimmed">{t('crm.convert.help')}</Text>
          <Target module="contacts" new_words={t('crm.convert.new', { name: lead.title })} value={form.contact} error={faultOf('contact')} onChange={form.setContact} />
          <Target module="accounts" new_words={t('crm.convert.by_name', { name: company })} value={form.account} error={faultOf('account')} onChange={form.setAccount} />
          {may_deal && <DealPart form={form} faultOf={faultOf} />}
          <Checkbox label={t('crm.convert.tags')} checked={form.carries_tags} onChange={(event) => form.setCarriesTags(event.currentTarget.checked)} />
        </>
      )}
    </FormDialog>
  );
}

type ConvertForm = ReturnType<typeof useConvertForm>;

function useConvertForm(lead: RecordData) {
  const module = useModule('deals');
  const { pipelines } = useMeta();
  // undefined: a new one is made.
  const [contact, setContact] = useState<Linked | null | undefined>(undefined);
  const [account, setAccount] = useState<Linked | null | undefined>(undefined);
  const [carries_tags, setCarriesTags] = useState(true);
  const [has_deal, setHasDeal] = useState(true);
  const [deal, setDeal] = useState<Record<string, unknown>>(() => ({
    name: asText(lead.company) ?? lead.title, amount: null, closes_on: dayOf(new Date(Date.now() + closing_days * 86_400_000)), ...stageForm(pipelines),
  }));
  const [first] = useState(deal);
  const rules = useDealForm();
  const sent = deal_fields.flatMap((name) => findField(module, name) ?? []);
  // One pipeline is no question.
  const fields = sent.filter((field) => (field.name !== 'pipeline' || pipelines.length > 1) && (rules.isAsked?.(field, deal) ?? true));
  const edit = (name: string, value: unknown) => setDeal((before) => {
    const after = { ...before, [name]: value };
    return rules.settle?.(name, after, first) ?? after;
  });
  return {
    contact, setContact, account, setAccount, carries_tags, setCarriesTags, has_deal, setHasDeal, deal, edit, fields, choicesOf: (field: Field) => rules.choicesOf?.(field, deal),
    required: () => ({
      ...(contact === null ? { contact: '' } : {}), ...(account === null ? { account: '' } : {}),
      ...(has_deal ? Object.fromEntries(fields.filter((field) => field.required).map((field) => [field.name, linkedId(deal[field.name]) ?? deal[field.name]])) : {}),
    }),
    body: () => ({
      ...(contact ? { contact: contact.id } : {}), ...(account ? { account: account.id } : {}), carry_tags: carries_tags,
      deal: has_deal ? changesFor(sent.map((field) => ({ field, value: deal[field.name] ?? null })).filter(({ value }) => value !== null)) : null,
    }),
  };
}

interface TargetProps {
  module: 'contacts' | 'accounts';
  new_words: string;
  value: Linked | null | undefined;
  error: string | undefined;
  onChange: (value: Linked | null | undefined) => void;
}

/** A new record, or one that is there already. */
function Target({ module: name, new_words, value, error, onChange }: TargetProps) {
  const { t } = useText();
  const module = useModule(name);
  const label = useModuleLabel()(module, 'one');
  const field: Field = { name, label, kind: 'link', link_to: name, required: true, unique: false, searchable: false, sortable: false, read_only: false, custom: false };
  return (
    <Stack gap="xs">
      <Radio.Group label={t(`crm.convert.becomes_${name}`)} value={value === undefined ? 'new' : 'there'} onChange={(next) => onChange(next === 'new' ? undefined : null)}>
        <Stack gap={6} mt={6}>
          <Radio value="new" label={new_words} />
          <Radio value="there" label={t('crm.convert.existing')} />
        </Stack>
      </Radio.Group>
      {value !== undefined && (
        <FieldInput module={name} field={field} label={t('crm.convert.which', { module: label })} value={value} error={error} onChange={(next) => onChange(asLinked(next))} />
      )}
    </Stack>
  );
}

function DealPart({ form, faultOf }: { form: ConvertForm; faultOf: FaultOf }) {
  const { t } = useText();
  const fieldLabel = useFieldLabel();
  return (
    <Stack gap="xs">
      <Checkbox label={t('crm.convert.with_deal')} checked={form.has_deal} onChange={(event) => form.setHasDeal(event.currentTarget.checked)} />
      {form.has_deal && form.fields.map((field) => (
        <FieldInput
          key={field.name} module="deals" field={field} label={fieldLabel('deals', field)} is_first={field.name === 'amount'} value={form.deal[field.name] ?? null} error={faultOf(field.name)}
          choices={form.choicesOf(field)} onChange={(value) => form.edit(field.name, value)}
        />
      ))}
    </Stack>
  );
}
