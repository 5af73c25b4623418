import { Button, Tabs, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowBackUpDouble, IconArrowForwardUp, IconMessageCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useCommands } from '@/ui';
import classes from './Composer.module.css';
import type { LetterKind } from './letter';
import { KeptLetter } from './KeptLetter';
import { LetterForm } from './LetterForm';
import type { useComposer } from './useComposer';

interface ComposerProps {
  ticket: RecordData;
  composer: ReturnType<typeof useComposer>;
  /** The ticket was closed in the same act. */
  onClosed: () => void;
}

const icons: Record<LetterKind, ReactNode> = {
  reply: <IconArrowBackUp size={16} />, reply_all: <IconArrowBackUpDouble size={16} />,
  forward: <IconArrowForwardUp size={16} />, comment: <IconMessageCircle size={16} />,
};
const strokes: Record<LetterKind, string> = { reply: 'r', reply_all: 'a', forward: 'f', comment: 'n' };

/** Where answers and comments are written. Only what the server allows is offered. */
export function Composer({ ticket, composer, onClosed }: ComposerProps) {
  const { t } = useText();
  const { kinds, shown_kinds, letter: written, open } = composer;
  // Who may no longer speak to the customer speaks to colleagues.
  const letter = written?.is_public === true && !ticket.may.includes('comment_public') ? { ...written, is_public: false } : written;
  useCommands(
    kinds.map((kind) => ({
      id: `compose.${kind}`, label: t(`desk.compose.${kind}`), group: t('desk.this_ticket'), keys: strokes[kind],
      icon: icons[kind], run: () => open(kind),
    })),
  );
  if (shown_kinds.length === 0) return null;
  if (letter === null)
    return (
      <div className={classes.closed} role="toolbar" aria-label={t('desk.compose.title')}>
        {kinds.map((kind, index) => (
          <Tooltip key={kind} label={strokes[kind].toUpperCase()}>
            <Button variant={index === 0 ? 'filled' : 'default'} className={briefClass(kind, kinds)} leftSection={icons[kind]} onClick={() => open(kind)}>
              <span className={classes.kind}>{t(`desk.compose.${kind}`)}</span>
            </Button>
          </Tooltip>
        ))}
      </div>
    );
  return (
    <section
      className={classes.composer}
      data-private={(letter.kind === 'comment' && !letter.is_public) || undefined}
      aria-label={t('desk.compose.title')}
    >
      <Tabs value={letter.kind} onChange={(next) => shown_kinds.forEach((kind) => kind === next && open(kind))} keepMounted={false}>
        <Tabs.List className={classes.tabs}>
          {shown_kinds.map((kind) => (
            <Tabs.Tab key={kind} value={kind} className={briefClass(kind, shown_kinds)} leftSection={icons[kind]}>
              <span className={classes.kind}>{t(`desk.compose.${kind}`)}</span>
              {composer.waits(kind) && <span className={classes.waits} title={t('desk.compose.answer_kept')}><span className="visually-hidden">{t('desk.compose.answer_kept')}</span></span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={letter.kind}>
          {kinds.includes(letter.kind)
            ? <LetterForm ticket={ticket} composer={composer} letter={letter} onClosed={onClosed} />
            : <KeptLetter key={letter.kind} letter={letter} takes_focus={composer.takes_focus} onDiscard={composer.discard} />}
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

/** The words of two kinds fit on a phone. Those of more would push each other off the screen. */
function briefClass(kind: LetterKind, offered: LetterKind[]): string | undefined {
  const is_brief = offered.length > 2 && (kind === 'reply_all' || kind === 'forward');
  return is_brief && kind !== offered[0] ? classes.brief : undefined;
}
