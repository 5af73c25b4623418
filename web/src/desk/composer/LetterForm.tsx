import { ActionIcon, Button, Checkbox, Select, Switch, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconLock, IconTrash, IconWorld } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { useLimit } from '@/api';
import type { Attachment, RecordData } from '@/api';
import { useText } from '@/i18n';
import { useFormat, useRefusalText } from '@/ui';
import { AttachButton } from '../common/AttachButton';
import { FileTray } from '../common/FileTray';
import { TextWithFiles } from '../common/TextWithFiles';
import { NotToTheRequester } from '../sharing/NotToTheRequester';
import classes from './Composer.module.css';
import { letterFault } from './letter';
import type { Letter } from './letter';
import { Mentions } from './Mentions';
import { namesMentioned } from './mentions';
import { QuotedPart } from './QuotedPart';
import { RecipientsInput } from './RecipientsInput';
import { SendButton } from './SendButton';
import { goAboveSignature } from './signature';
import { TemplateButton } from './TemplateButton';
import { useInsertTemplate } from './templates';
import { TemplateTyping } from './TemplateTyping';
import type { useComposer } from './useComposer';
import type { DraftState } from './useDraft';
import { useSendLetter } from './useSendLetter';
import { useSignature } from './useSignature';

interface LetterFormProps {
  ticket: RecordData;
  composer: ReturnType<typeof useComposer>;
  letter: Letter;
  onClosed: () => void;
}

const text_height_max = 300;

/** The lines of an answer or a comment, from the recipients to the button that sends it. */
export function LetterForm({ ticket, composer, letter, onClosed }: LetterFormProps) {
  const { t } = useText();
  const { proposal, uploads, edition, write, draft_state } = composer;
  const [shows_fault, setShowsFault] = useState(false);
  /** Another kind of letter, or another text, has an editor of its own. */
  const place = `${letter.kind} ${edition}`;
  const [ready, setReady] = useState<{ place: string; editor: Editor } | null>(null);
  const editor = ready?.place === place ? ready.editor : null;
  const [mentioned_follow, setMentionedFollow] = useState(false);
  const { send, is_sending } = useSendLetter(ticket, composer, onClosed);
  useSignature({ letter, proposal, editor, sign: composer.sign });
  const handleReady = (made: Editor) => {
    if (letter.signature !== null && letter.signature !== '') goAboveSignature(made, letter.signature);
    setReady({ place, editor: made });
  };
  const insertTemplate = useInsertTemplate({ ticket: ticket.id, editor, letter, write, uploads });
  const handleInsert = (...what: Parameters<typeof insertTemplate>) => void insertTemplate(...what);
  const is_comment = letter.kind === 'comment';
  const files_bytes_max = useLimit('mail_files_bytes');
  const fault = letterFault(letter, uploads.files, files_bytes_max);
  const handleSend = (status: string | null) => {
    if (uploads.sending.length > 0 || is_sending || draft_state.word === 'conflict') return;
    if (fault !== null) setShowsFault(true);
    else send(letter, status, mentioned_follow);
  };
  const mailboxes = proposal?.mailboxes ?? [];
  const carried = letter.kind === 'forward' ? (proposal?.attachments ?? []) : [];
  const text_label = t(is_comment ? 'desk.comment.text' : 'desk.compose.text');
  return (
    <div className={classes.letter}>
      {draft_state.word === 'conflict' && (
        <div className={classes.conflict} role="alert">
          <span>{t('desk.compose.conflict')}</span>
          <Button size="compact-sm" variant="default" onClick={composer.takeOther}>{t('desk.compose.conflict_other')}</Button>
          <Button size="compact-sm" variant="default" onClick={composer.keepMine}>{t('desk.compose.conflict_mine')}</Button>
        </div>
      )}
      {is_comment ? (
        <div className={classes.audience}>
          {letter.is_public ? <IconWorld size={15} aria-hidden="true" /> : <IconLock size={15} aria-hidden="true" />}
          <span>{t(letter.is_public ? 'desk.comment.public_help' : 'desk.comment.private_help')}</span>
          {ticket.may.includes('comment_public') && (
            <Switch label={t('desk.comment.make_public')} checked={letter.is_public} onChange={(event) => write({ is_public: event.currentTarget.checked })} />
          )}
        </div>
      ) : (
        <>
          {mailboxes.length > 1 && (
            <div className={classes.line}>
              <span className={classes.lineLabel} aria-hidden="true">{t('desk.mail.from')}</span>
              <Select
                variant="unstyled"
                className={classes.grow}
                aria-label={t('desk.mail.from')}
                allowDeselect={false}
                data={mailboxes.map(({ id, address }) => ({ value: id, label: address }))}
                value={letter.from_mailbox_id}
                onChange={(id) => write({ from_mailbox_id: id })}
              />
            </div>
          )}
          <Recipients letter={letter} refused={composer.refused} write={write} takes_focus={composer.takes_focus} />
          {letter.kind === 'forward' && <NotToTheRequester ticket={ticket} />}
          {letter.kind === 'forward' && (
            <div className={classes.line}>
              <span className={classes.lineLabel} aria-hidden="true">{t('desk.mail.subject')}</span>
              <TextInput
                variant="unstyled"
                className={classes.grow}
                aria-label={t('desk.mail.subject')}
                value={letter.subject}
                onChange={(event) => write({ subject: event.currentTarget.value })}
              />
            </div>
          )}
        </>
      )}
      <div className={classes.text}>
        <TemplateTyping ticket={ticket.id} editor={editor} onInsert={handleInsert}><Mentions ticket={ticket.id} editor={is_comment ? editor : null}>
          <TextWithFiles
            key={place}
            label={text_label}
            placeholder={t(is_comment ? 'desk.comment.placeholder' : letter.kind === 'forward' ? 'desk.compose.placeholder_forward' : 'desk.compose.placeholder')}
            html={letter.html}
            onChange={(html) => write({ html })}
            uploads={uploads}
            onSubmit={() => handleSend(null)}
            height_max={text_height_max}
            autofocus={letter.kind === 'forward' || !composer.takes_focus ? undefined : true}
            onReady={handleReady}
          />
        </Mentions></TemplateTyping>
      </div>
      {!is_comment && proposal !== null && (
        <QuotedPart key={letter.kind} kind={letter.kind} html={proposal.quoted_html}>
          {carried.length > 0 && (
            <Checkbox
              className={classes.carried}
              label={t('desk.compose.include_files', { count: carried.length })}
              description={<CarriedFiles files={carried} />}
              checked={letter.include_attachments}
              onChange={(event) => write({ include_attachments: event.currentTarget.checked })}
            />
          )}
        </QuotedPart>
      )}
      {is_comment && ticket.may.includes('set_followers') && namesMentioned(letter.html).length > 0 && (
        <Checkbox
          className={classes.carried} label={t('follow.mentioned_follow')} checked={mentioned_follow}
          onChange={(event) => setMentionedFollow(event.currentTarget.checked)}
        />
      )}
      <FileTray uploads={uploads} />
      <div className={classes.foot}>
        <AttachButton onFiles={(files) => uploads.add(files)} />
        <TemplateButton ticket={ticket.id} onInsert={handleInsert} />
        <Tooltip label={t('desk.compose.discard')}>
          <ActionIcon size="lg" aria-label={t('desk.compose.discard')} onClick={composer.discard}><IconTrash size={17} /></ActionIcon>
        </Tooltip>
        <span className={classes.state} role="status">
          {shows_fault && fault !== null
            ? <span className={classes.wrong}>{t(`desk.compose.fault_${fault}`)}</span>
            : <DraftWord state={draft_state} />}
        </span>
        {is_comment ? (
          <Button onClick={() => handleSend(null)} loading={is_sending} disabled={uploads.sending.length > 0}>
            {t(letter.is_public ? 'desk.comment.send_public' : 'desk.comment.send')}
          </Button>
        ) : (
          <SendButton ticket={ticket} is_busy={uploads.sending.length > 0 || is_sending} onSend={handleSend} />
        )}
      </div>
    </div>
  );
}

/** Cc and Bcc stay out of the way until there is somebody in them or they are asked for. */
function Recipients({ letter, refused, write, takes_focus }: { letter: Letter; refused: string[]; write: (words: Partial<Letter>) => void; takes_focus: boolean }) {
  const { t } = useText();
  const [is_asked, setAsked] = useState(false);
  const shows_copies = is_asked || letter.cc.length > 0 || letter.bcc.length > 0;
  return (
    <>
      <RecipientsInput
        label={t('desk.mail.to')}
        refused={refused}
        value={letter.to}
        onChange={(to) => write({ to })}
        autofocus={letter.kind === 'forward' && takes_focus}
        end={!shows_copies && <UnstyledButton className={classes.copies} onClick={() => setAsked(true)}>{t('desk.compose.add_copies')}</UnstyledButton>}
      />
      {shows_copies && (
        <>
          <RecipientsInput label={t('desk.mail.cc')} refused={refused} value={letter.cc} onChange={(cc) => write({ cc })} autofocus={is_asked} />
          <RecipientsInput label={t('desk.mail.bcc')} refused={refused} value={letter.bcc} onChange={(bcc) => write({ bcc })} />
        </>
      )}
    </>
  );
}

/** The files of the ticket that a forward carries, by name and size. */
function CarriedFiles({ files }: { files: Attachment[] }) {
  const format = useFormat();
  return format.series(files.map((file) => `${file.name} (${format.bytes(file.size_bytes)})`));
}

function DraftWord({ state }: { state: DraftState }) {
  const { t } = useText();
  const format = useFormat();
  const refusalText = useRefusalText();
  if (state.word === 'none') return null;
  if (state.word === 'refused') return <span className={classes.wrong}>{refusalText(state.error)}</span>;
  if (state.word === 'saved') return <>{t('desk.compose.draft_saved', { at: format.shortInstant(state.at) })}</>;
  return <>{t(`desk.compose.draft_${state.word}`)}</>;
}
