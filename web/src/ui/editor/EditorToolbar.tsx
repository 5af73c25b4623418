import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import {
  IconBlockquote, IconBold, IconCode, IconItalic, IconLink, IconList, IconListNumbers, IconStrikethrough,
} from '@tabler/icons-react';
import { useEditorState } from '@tiptap/react';
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useText } from '@/i18n';
import classes from './RichTextEditor.module.css';

interface Mark {
  name: string;
  label: string;
  icon: ReactNode;
  run: () => void;
}

const size = 16;

/** The buttons under a rich text. Arrow keys walk along them. */
export function EditorToolbar({ editor }: { editor: Editor }) {
  const { t } = useText();
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => ['bold', 'italic', 'strike', 'bulletList', 'orderedList', 'blockquote', 'code'].filter((name) => now.isActive(name)),
  });
  const chain = () => editor.chain().focus();
  const marks: Mark[] = [
    { name: 'bold', label: t('ui.editor.bold'), icon: <IconBold size={size} />, run: () => chain().toggleBold().run() },
    { name: 'italic', label: t('ui.editor.italic'), icon: <IconItalic size={size} />, run: () => chain().toggleItalic().run() },
    { name: 'strike', label: t('ui.editor.strike'), icon: <IconStrikethrough size={size} />, run: () => chain().toggleStrike().run() },
    { name: 'bulletList', label: t('ui.editor.bullets'), icon: <IconList size={size} />, run: () => chain().toggleBulletList().run() },
    { name: 'orderedList', label: t('ui.editor.numbers'), icon: <IconListNumbers size={size} />, run: () => chain().toggleOrderedList().run() },
    { name: 'blockquote', label: t('ui.editor.quote'), icon: <IconBlockquote size={size} />, run: () => chain().toggleBlockquote().run() },
    { name: 'code', label: t('ui.editor.code'), icon: <IconCode size={size} />, run: () => chain().toggleCode().run() },
  ];
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('ui.editor.toolbar')} onKeyDown={walk}>
      {marks.map((mark, index) => (
        <Tooltip key={mark.name} label={mark.label}>
          <ActionIcon
            size="md"
            tabIndex={index === 0 ? 0 : -1}
            aria-label={mark.label}
            aria-pressed={active.includes(mark.name)}
            className={classes.mark}
            onClick={mark.run}
          >
            {mark.icon}
          </ActionIcon>
        </Tooltip>
      ))}
      <LinkButton editor={editor} />
    </div>
  );
}

function LinkButton({ editor }: { editor: Editor }) {
  const { t } = useText();
  const [is_open, setOpen] = useState(false);
  const [address, setAddress] = useState('');
  const handleOpen = () => {
    const { href } = editor.getAttributes('link');
    setAddress(typeof href === 'string' ? href : '');
    setOpen(true);
  };
  const handleSet = () => {
    const chain = editor.chain().focus().extendMarkRange('link');
    if (address.trim() === '') chain.unsetLink().run();
    else if (editor.state.selection.empty) chain.insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: withScheme(address) } }] }).run();
    else chain.setLink({ href: withScheme(address) }).run();
    setOpen(false);
  };
  return (
    <Popover opened={is_open} onChange={setOpen} position="top-start" trapFocus width={320}>
      <Popover.Target>
        <ActionIcon size="md" tabIndex={-1} aria-label={t('ui.editor.link')} className={classes.mark} onClick={handleOpen}>
          <IconLink size={size} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('ui.editor.link')}>
        <div className={classes.linkForm}>
          <TextInput
            aria-label={t('ui.editor.link_address')}
            placeholder="https://"
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              handleSet();
            }}
            data-autofocus
          />
          <Button onClick={handleSet}>{address.trim() === '' ? t('ui.editor.link_remove') : t('ui.editor.link_set')}</Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function withScheme(address: string): string {
  const text = address.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  return text.includes('@') ? `mailto:${text}` : `https://${text}`;
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length]?.focus();
}
