import { ActionIcon, Button, Group, Popover, TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useText } from '@/i18n';

/** Sets, changes and takes away the link at the cursor. */
export function LinkTool({ editor }: { editor: Editor }) {
  const { t } = useText();
  const [is_open, setOpen] = useState(false);
  const [address, setAddress] = useState('');
  const open = () => {
    const href: unknown = editor.getAttributes('link').href;
    setAddress(typeof href === 'string' ? href : '');
    setOpen(true);
  };
  const set = () => {
    const typed = address.trim();
    setOpen(false);
    if (typed === '') return;
    const href = /^[a-z]+:/i.test(typed) ? typed : typed.includes('@') ? `mailto:${typed}` : `https://${typed}`;
    if (editor.state.selection.empty && !editor.isActive('link'))
      editor.chain().focus().insertContent({ type: 'text', text: typed, marks: [{ type: 'link', attrs: { href } }] }).run();
    else editor.chain().focus().extendMarkRange('link').setLink({ href }).run();
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    set();
  };
  return (
    <Popover opened={is_open} onChange={setOpen} position="top-start" trapFocus width={300}>
      <Popover.Target>
        <ActionIcon aria-label={t('ui.editor.link')} onClick={open}><IconLink size={16} /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('ui.editor.link')}>
        <TextInput
          label={t('ui.editor.link_address')} data-autofocus value={address}
          onChange={(event) => setAddress(event.currentTarget.value)} onKeyDown={handleKeyDown}
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setOpen(false);
              editor.chain().focus().extendMarkRange('link').unsetLink().run();
            }}
          >
            {t('ui.editor.link_remove')}
          </Button>
          <Button size="compact-sm" onClick={set}>{t('ui.editor.link_set')}</Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
