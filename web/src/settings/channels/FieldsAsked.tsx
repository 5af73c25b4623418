import { Checkbox, Input, Table } from '@mantine/core';
import { findField, useModule } from '@/api';
import { useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import type { WebFormField, WebForms } from './channel_types';

interface FieldsAskedProps {
  fields: WebFormField[];
  ticket_fields: WebForms['ticket_fields'];
  error?: string;
  onChange: (fields: WebFormField[]) => void;
}

/** In the order of the form. */
const plain_fields = ['name', 'email', 'phone', 'subject', 'message', 'files'] as const;

/** What a form asks, and what it insists on. */
export function FieldsAsked({ fields, ticket_fields, error, onChange }: FieldsAskedProps) {
  const { t } = useText();
  const fieldLabel = useFieldLabel();
  const tickets = useModule('tickets');
  const choices: WebForms['ticket_fields'] = [
    ...plain_fields.map((name) => ({ name, label: t(`settings.web_forms.field_${name}`) })),
    ...ticket_fields.map(({ name, label }) => ({ name, label: fieldLabel('tickets', findField(tickets, name.replace(/^ticket\./, '')) ?? { name, label, custom: true }) })),
  ];
  const find = (name: string) => fields.find((field) => field.name === name);
  const change = (name: string, asked: boolean, is_required: boolean) => {
    const rest = new Map(fields.map((field) => [field.name, field]));
    if (asked) rest.set(name, { name, is_required });
    else rest.delete(name);
    onChange(choices.flatMap((choice) => rest.get(choice.name) ?? []));
  };
  return (
    <Input.Wrapper label={t('settings.web_forms.fields')} labelElement="div" error={error}>
      <Table verticalSpacing={8} aria-label={t('settings.web_forms.fields')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('settings.web_forms.fields')}</Table.Th>
            <Table.Th>{t('settings.web_forms.asked')}</Table.Th>
            <Table.Th>{t('settings.web_forms.required')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {choices.map(({ name, label }) => (
            <Table.Tr key={name}>
              <Table.Td>{label}</Table.Td>
              <Table.Td>
                <Checkbox
                  aria-label={t('settings.web_forms.asked_for', { name: label })} checked={find(name) !== undefined}
                  onChange={(event) => change(name, event.currentTarget.checked, false)}
                />
              </Table.Td>
              <Table.Td>
                <Checkbox
                  aria-label={t('settings.web_forms.required_for', { name: label })} checked={find(name)?.is_required === true}
                  onChange={(event) => change(name, true, event.currentTarget.checked)}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Input.Wrapper>
  );
}
