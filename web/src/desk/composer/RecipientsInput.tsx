import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import { useLimit } from '@/api';
import { useText } from '@/i18n';
import classes from './Composer.module.css';
import { addressOf, distinctRecipients, isRecipient, nameOf, splitRecipients } from './recipients';
import { useRecipientChoices } from './useRecipientChoices';

interface RecipientsInputProps {
  label: string;
  value: string[];
  /** Those that the server did not take; they are marked until they are changed. */
  refused: string[];
  onChange: (recipients: string[]) => void;
  autofocus?: boolean;
  /** Stands at the end of the line. */
  end?: ReactNode;
}

const typing_ms = 150;

/** Addresses as chips. Comma, Enter, Tab and leaving the input take what was typed; a wrong one is marked. */
export function RecipientsInput({ label, value, refused, onChange, autofocus, end }: RecipientsInputProps) {
  const { t } = useText();
  const recipients_max = useLimit('mail_recipients');
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), typing_ms);
  const choices = useRecipientChoices(settled, value);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const wrong = value.filter((recipient) => !isRecipient(recipient));
  const take = (text: string) => {
    const added = splitRecipients(text);
    if (added.length > 0) onChange(distinctRecipients([...value, ...added]).slice(0, recipients_max));
    setTyped('');
    combobox.closeDropdown();
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const is_choosing = combobox.dropdownOpened && combobox.getSelectedOptionIndex() !== -1;
    if ([',', ';'].includes(event.key) || (event.key === 'Enter' && !is_choosing && !event.ctrlKey && !event.metaKey)) {
      event.preventDefault();
      if (typed.trim() !== '') take(typed);
    }
    if (event.key === 'Backspace' && typed === '') onChange(value.slice(0, -1));
  };
  const handlePaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text');
    if (!/[,;\n@]/.test(text)) return;
    event.preventDefault();
    take(typed + text);
  };
  return (
    <div className={classes.line}>
      <span className={classes.lineLabel} aria-hidden="true">{label}</span>
      <Combobox store={combobox} onOptionSubmit={take} position="bottom-start" width={340}>
        <Combobox.DropdownTarget>
          <PillsInput variant="unstyled" className={classes.pills} size="sm">
            <Pill.Group>
              {value.map((recipient) => (
                <Pill
                  key={recipient}
                  className={classes.pill}
                  data-wrong={!isRecipient(recipient) || refused.includes(recipient) || undefined}
                  title={addressOf(recipient)}
                  withRemoveButton
                  removeButtonProps={{ 'aria-label': t('desk.compose.drop_recipient', { name: recipient }), 'aria-hidden': false, tabIndex: 0 }}
                  onRemove={() => onChange(value.filter((each) => each !== recipient))}
                >
                  {nameOf(recipient) || addressOf(recipient)}
                </Pill>
              ))}
              <Combobox.EventsTarget>
                <PillsInput.Field
                  aria-label={label}
                  aria-invalid={wrong.length > 0 || value.some((each) => refused.includes(each)) || undefined}
                  autoFocus={autofocus}
                  autoComplete="off"
                  inputMode="email"
                  value={typed}
                  onChange={(event) => {
                    setTyped(event.currentTarget.value);
                    combobox.openDropdown();
                  }}
                  onBlur={() => take(typed)}
                  onKeyDown={handleKeyDown}
                  onPaste={handlePaste}
                />
              </Combobox.EventsTarget>
            </Pill.Group>
          </PillsInput>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={choices.length === 0 || typed.trim() === ''}>
          <Combobox.Options aria-label={label}>
            {choices.map((choice) => (
              <Combobox.Option key={choice} value={choice} onMouseDown={(event) => event.preventDefault()}>
                <span>{nameOf(choice)}</span> <span className={classes.faint}>{addressOf(choice)}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {end}
      {wrong.length > 0 && <span className={classes.wrong} role="alert">{t('desk.compose.wrong_address', { address: addressOf(wrong[0] ?? '') })}</span>}
    </div>
  );
}
