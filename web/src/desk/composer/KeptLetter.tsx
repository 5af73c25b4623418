import { Button } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import { SafeHtml } from '@/ui/editor/SafeHtml';
import classes from './Composer.module.css';
import type { Letter } from './letter';

interface KeptLetterProps {
  letter: Letter;
  /** The person was writing, and the draft did not come by itself. */
  takes_focus: boolean;
  /** Left out where it can only be copied. */
  onDiscard?: () => void;
}

/** A text that was begun while it could be sent. It stays readable, to be copied or thrown away. */
export function KeptLetter({ letter, takes_focus, onDiscard }: KeptLetterProps) {
  const { t } = useText();
  const toast = useToast();
  const note = useRef<HTMLParagraphElement>(null);
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The editor went away under the cursor: the keyboard goes on from here.
    if (takes_focus && document.activeElement === document.body) note.current?.focus();
  }, [takes_focus]);
  const handleCopy = () => void navigator.clipboard.writeText(text.current?.innerText ?? '').then(() => toast.done(t('ui.copied')));
  return (
    <div className={classes.kept}>
      <p className={classes.keptNote} role="alert" tabIndex={-1} ref={note}>{t(`desk.compose.kept.${letter.kind}`)}</p>
      <div className={classes.keptText} role="group" aria-label={t('desk.compose.kept.text')} tabIndex={0} ref={text}><SafeHtml html={letter.html} /></div>
      <div className={classes.keptActs}>
        {onDiscard && <Button variant="subtle" color="gray" leftSection={<IconTrash size={15} />} onClick={onDiscard}>{t('desk.compose.discard')}</Button>}
        <Button variant="default" leftSection={<IconCopy size={15} />} onClick={handleCopy}>{t('desk.compose.kept.copy')}</Button>
      </div>
    </div>
  );
}
