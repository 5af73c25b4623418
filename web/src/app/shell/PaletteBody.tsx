import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { IconSearch } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { Keys } from '@/ui';
import classes from './CommandPalette.module.css';
import { usePaletteEntries } from './usePaletteEntries';
import type { PaletteEntry } from './usePaletteEntries';

const list_id = 'palette-entries';

export function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const { entries, is_searching } = usePaletteEntries(words);
  const index = Math.min(active, Math.max(0, entries.length - 1));
  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') return choose(entries[index]);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || entries.length === 0) return undefined;
    event.preventDefault();
    const next = (index + step + entries.length) % entries.length;
    setActive(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
    return undefined;
  };
  return (
    <div className={classes.palette}>
      <div className={classes.inputRow}>
        <IconSearch size={17} aria-hidden="true" />
        <input
          autoFocus
          className={classes.input}
          value={words}
          placeholder={t('palette.placeholder')}
          aria-label={t('palette.placeholder')}
          role="combobox"
          aria-expanded="true"
          aria-controls={list_id}
          aria-activedescendant={entries.length > 0 ? optionId(index) : undefined}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={handleKeyDown}
        />
      </div>
      <div className={classes.list} id={list_id} role="listbox" aria-label={t('palette.title')}>
        {entries.map((entry, position) => (
          <div key={entry.id} role="presentation">
            {entries[position - 1]?.group !== entry.group && (
              <div className={classes.group} role="presentation">{entry.group}</div>
            )}
            <div
              id={optionId(position)}
              role="option"
              aria-selected={position === index}
              className={classes.option}
              onClick={() => choose(entry)}
              onMouseMove={() => setActive(position)}
            >
              <span className={classes.icon} aria-hidden="true">{entry.icon}</span>
              <span className={classes.label}>{entry.label}</span>
              {entry.detail !== null && <span className={classes.detail}>{entry.detail}</span>}
              {entry.keys !== null && <Keys keys={entry.keys} />}
            </div>
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className={classes.nothing} role="status">{is_searching ? t('ui.loading') : t('ui.nothing_found')}</p>
      )}
    </div>
  );
}

function optionId(position: number): string {
  return `palette-entry-${position}`;
}
