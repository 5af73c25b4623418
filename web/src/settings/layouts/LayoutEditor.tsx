import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { findField, useModule } from '@/api';
import type { Fault, Field, Layout } from '@/api';
import { useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { halfTyped, useFaultText } from '@/ui';
import { addSection, askField, layoutForm, moveField, placeOf, removeSection, stepField, takeField } from './layout_form';
import type { LayoutForm, Place } from './layout_form';
import { LayoutFieldRow } from './LayoutFieldRow';
import classes from './Layouts.module.css';

interface LayoutEditorProps {
  layout: Layout;
  is_sending: boolean;
  onSave: (form: LayoutForm) => void;
}

/** The sections of a layout and what stands outside of it. */
export function LayoutEditor({ layout, is_sending, onSave }: LayoutEditorProps) {
  const { t } = useText();
  const module = useModule('tickets');
  const fieldLabel = useFieldLabel();
  const [form, setForm] = useState(() => layoutForm(layout));
  const [said, setSaid] = useState('');
  const [faults, setFaults] = useState<Fault[]>([]);
  const faultText = useFaultText();
  const grabbed = useRef<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const labelOf = (name: string) => {
    const field = findField(module, name);
    return field ? fieldLabel('tickets', field) : name;
  };
  const drop = (to: Place) => {
    const name = grabbed.current;
    grabbed.current = null;
    if (name !== null) setForm(moveField(form, name, to));
  };
  const step = (name: string, by: -1 | 1) => {
    const next = stepField(form, name, by);
    setForm(next);
    const place = placeOf(next, name);
    if (place) setSaid(t('layouts.moved', { field: labelOf(name), section: place.section + 1, place: place.index + 1 }));
    // Into another section the row is another element, and the handle would lose the focus.
    window.setTimeout(() => list.current?.querySelector<HTMLElement>(`[data-field="${name}"] button`)?.focus());
  };
  const handleSave = () => {
    const half = halfTyped(list.current);
    setFaults(half);
    if (half.length === 0) onSave(form);
  };
  const errorOf = (field: Field) => {
    const fault = faults.find((each) => each.field === field.name);
    return fault && faultText(fault, field);
  };
  const outside = layout.possible.filter((one) => placeOf(form, one.name) === null);
  const last = form.sections.length - 1;
  return (
    <div className={classes.editor} ref={list}>
      <div className={classes.sections}>
        {form.sections.map((section, at) => (
          <section
            key={section.key} className={classes.section} aria-label={t('layouts.section', { place: at + 1 })}
            onDragOver={(event) => event.preventDefault()} onDrop={() => drop({ section: at, index: section.fields.length })}
          >
            <div className={classes.sectionHead}>
              <TextInput
                size="xs" className={classes.sectionLabel} aria-label={t('layouts.heading', { place: at + 1 })} placeholder={t('layouts.usual_heading')} maxLength={100}
                value={section.label}
                onChange={(event) => setForm({ ...form, sections: form.sections.map((each, index) => (index === at ? { ...each, label: event.currentTarget.value } : each)) })}
              />
              {form.sections.length > 1 && (
                <ActionIcon aria-label={t('layouts.remove_section', { place: at + 1 })} onClick={() => setForm(removeSection(form, at))}><IconTrash size={15} /></ActionIcon>
              )}
            </div>
            {section.fields.length > 0 && (
              <div className={classes.columns} aria-hidden="true">
                <span>{t('layouts.column_field')}</span><span>{t('layouts.column_asked')}</span><span>{t('layouts.column_default')}</span>
              </div>
            )}
            <ul className={classes.rows}>
              {section.fields.map((one, index) => {
                const field = findField(module, one.name);
                const possible = layout.possible.find((each) => each.name === one.name);
                return field && possible && (
                  <LayoutFieldRow
                    key={one.name} field={field} label={labelOf(one.name)} required={one.required} is_needed={possible.is_needed} takes_default={possible.takes_default}
                    value={form.defaults[one.name]} error={errorOf(field)}
                    onRequired={(required) => setForm(askField(form, one.name, required))}
                    onDefault={(value) => setForm({ ...form, defaults: { ...form.defaults, [one.name]: value } })}
                    onRemove={() => setForm(takeField(form, one.name))}
                    onStep={(by) => step(one.name, by)}
                    onGrab={() => void (grabbed.current = one.name)}
                    onDrop={() => drop({ section: at, index })}
                  />
                );
              })}
            </ul>
          </section>
        ))}
        <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setForm(addSection(form))}>{t('layouts.add_section')}</Button>
      </div>
      <section className={classes.outside} aria-label={t('layouts.outside')}>
        <h2 className={classes.outsideTitle}>{t('layouts.outside')}</h2>
        <p className={classes.dim}>{t('layouts.outside_help')}</p>
        <ul className={classes.rows}>
          {outside.map((one) => (
            <li key={one.name} className={classes.outsideRow} draggable onDragStart={() => void (grabbed.current = one.name)}>
              <Button
                variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} aria-label={t('layouts.add', { field: labelOf(one.name) })}
                onClick={() => setForm(moveField(form, one.name, { section: last, index: form.sections[last]?.fields.length ?? 0 }))}
              >
                {labelOf(one.name)}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <div role="status" className="visually-hidden">{said}</div>
      <Group className={classes.save}><Button loading={is_sending} onClick={handleSave}>{t('ui.save')}</Button></Group>
    </div>
  );
}
