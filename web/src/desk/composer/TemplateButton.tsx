import { ActionIcon, Combobox, Tooltip, useCombobox } from '@mantine/core';
import { IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReplyTemplate } from '@/api';
import { useText } from '@/i18n';
import { matchingTemplates, useReplyTemplates } from './templates';
import classes from './TypedMenu.module.css';

interface TemplateButtonProps {
  ticket: string;
  onInsert: (template: ReplyTemplate) => void;
}

const list_height_max = 280;

/** Opens the reply templates of a ticket, to be searched and chosen from. */
export function TemplateButton({ ticket, onInsert }: TemplateButtonProps) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const { all } = useReplyTemplates(ticket);
  const menu = useCombobox({
    onDropdownOpen: () => {
      menu.focusSearchInput();
      menu.selectFirstOption();
    },
    onDropdownClose: () => {
      menu.resetSelectedOption();
      setWords('');
    },
  });
  if (all === null || all.templates.length === 0) return null;
  const found = matchingTemplates(all, words);
  const handleSubmit = (id: string) => {
    const template = found.find((each) => each.id === id);
    menu.closeDropdown();
    if (template) onInsert(template);
  };
  return (
    <Combobox store={menu} position="top-start" width={320} onOptionSubmit={handleSubmit}>
      <Combobox.Target targetType="button">
        <Tooltip label={t('reply_template.insert')}>
          <ActionIcon size="lg" aria-label={t('reply_template.title')} onClick={() => menu.toggleDropdown()}><IconTemplate size={17} /></ActionIcon>
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={words} aria-label={t('reply_template.search')} placeholder={t('reply_template.search')}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            menu.updateSelectedOptionIndex();
          }}
        />
        <Combobox.Options mah={list_height_max} style={{ overflowY: 'auto' }} aria-label={t('reply_template.title')}>
          {found.map((template) => (
            <Combobox.Option key={template.id} value={template.id}><TemplateLine template={template} /></Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t('ui.nothing_found')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** A template in a list: its name, and the folder that it lies in. */
export function TemplateLine({ template }: { template: ReplyTemplate }) {
  return (
    <span className={classes.line}>
      {template.name}
      {template.folder !== '' && <span className={classes.folder}>{template.folder}</span>}
    </span>
  );
}
