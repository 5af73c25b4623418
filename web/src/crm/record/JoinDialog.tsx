import { useState } from 'react';
import { useModule } from '@/api';
import type { Field, RecordData } from '@/api';
import { asLinked, asText, FieldInput, linkedId, useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, useToast } from '@/ui';
import { saidField } from './joined';
import type { JoinedList } from './joined';
import { useJoinWrites } from './useJoined';

interface JoinDialogProps {
  record: RecordData;
  join: JoinedList;
  /** One of the list, of whom something else is to be said; null for one to add. */
  other: RecordData | null;
  /** What is said of it now. */
  said: string | null;
  onClose: () => void;
}

/** Adds a record to a list of another, or says something else of one that is there. */
export function JoinDialog({ record, join, other, said: said_before, onClose }: JoinDialogProps) {
  const { t } = useText();
  const toast = useToast();
  const moduleLabel = useModuleLabel();
  const fieldLabel = useFieldLabel();
  const writes = useJoinWrites(record, join);
  const one = moduleLabel(useModule(join.of), 'one');
  const label = t('crm.convert.which', { module: one });
  const said_field = saidField(join);
  const [chosen, setChosen] = useState<unknown>(null);
  const [said, setSaid] = useState<unknown>(said_before);
  const picked: Field = {
    name: 'id', label, kind: 'link', link_to: join.of, required: true, unique: false, searchable: false, sortable: false, read_only: false, custom: false,
  };
  const handleSubmit = async () => {
    if (other !== null) return writes.join({ other: other.id, said: asText(said) });
    const linked = asLinked(chosen);
    if (linked === null) return undefined;
    // Whom nothing was chosen for keeps what is said already.
    await writes.join({ other: linked.id, ...(said === null ? {} : { said: asText(said) }) });
    return toast.done(t('crm.joined.added', { title: linked.title }));
  };
  return (
    <FormDialog
      title={other === null ? t('crm.joined.add', { module: one }) : other.title} is_open submit_label={other === null ? t('crm.joined.add_act') : t('ui.save')}
      required={other === null ? { id: linkedId(chosen) } : {}} onClose={onClose} onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <>
          {other === null && <FieldInput module={join.module} field={picked} label={label} is_first value={chosen} error={faultOf('id')} onChange={setChosen} />}
          {said_field && (
            <FieldInput
              module={join.holder} field={said_field} label={fieldLabel(join.holder, said_field)} is_first={other !== null} value={said}
              error={faultOf(said_field.name)} onChange={setSaid}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
