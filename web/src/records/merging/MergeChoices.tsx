import { Radio } from '@mantine/core';
import { findField, useModule } from '@/api';
import { useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import classes from './Merging.module.css';

/** A field in which records that are merged differ. */
export interface MergeChoice {
  name: string;
  /** The record whose value stays unless somebody chooses another. */
  winner: string;
  values: { of: string; text: string }[];
}

interface MergeChoicesProps {
  module: string;
  choices: MergeChoice[];
  /** What was chosen by hand, by field; shown at once, before the server has looked at it. */
  winners: Record<string, string>;
  nameOf: (record: string) => string;
  onChoose: (field: string, record: string) => void;
}

/** Field by field, whose value stays. */
export function MergeChoices({ module: name, choices, winners, nameOf, onChoose }: MergeChoicesProps) {
  const { t } = useText();
  const module = useModule(name);
  const fieldLabel = useFieldLabel();
  return choices.map((choice) => {
    const field = findField(module, choice.name);
    if (field === undefined) return null;
    return (
      <Radio.Group key={choice.name} label={fieldLabel(name, field)} value={winners[choice.name] ?? choice.winner} onChange={(winner) => onChoose(choice.name, winner)}>
        <div className={classes.choices}>
          {choice.values.map(({ of, text }) => (
            <Radio key={of} value={of} label={<><span className={classes.value}>{text === '' ? t('merge.empty') : text}</span> <span className={classes.of}>{nameOf(of)}</span></>} />
          ))}
        </div>
      </Radio.Group>
    );
  });
}
