import { useText } from '@/i18n';
import classes from './Composer.module.css';
import { KeptLetter } from './KeptLetter';
import { useKeptWords } from './useKeptWords';

/** What the person wrote on a ticket that they do not see any more, where it was written: to be copied. */
export function KeptWords({ ticket }: { ticket: string }) {
  const { t } = useText();
  const letters = useKeptWords(ticket);
  if (letters.length === 0) return null;
  return (
    <section className={classes.composer} aria-label={t('desk.compose.title')}>
      {letters.map((letter) => <KeptLetter key={letter.kind} letter={letter} takes_focus={false} />)}
    </section>
  );
}
