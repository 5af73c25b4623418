import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n';
import { MailFrame } from '../timeline/MailFrame';
import classes from './Composer.module.css';
import type { LetterKind } from './letter';

interface QuotedPartProps {
  kind: LetterKind;
  html: string;
  /** Stands below: what else goes along. */
  children?: ReactNode;
}

/** What the mail carries below its own text. A forward shows it at once: it goes to somebody who has not seen it. */
export function QuotedPart({ kind, html, children }: QuotedPartProps) {
  const { t } = useText();
  const [is_open, setOpen] = useState(kind === 'forward');
  const label = t(kind === 'forward' ? 'desk.compose.quote_forward' : 'desk.compose.quote_reply');
  return (
    <>
      {html.trim() !== '' && (
        <div className={classes.quoted}>
          <UnstyledButton className={classes.copies} aria-expanded={is_open} onClick={() => setOpen(!is_open)}>
            {is_open ? <IconChevronDown size={12} aria-hidden="true" /> : <IconChevronRight size={12} aria-hidden="true" />} {label}
          </UnstyledButton>
          {is_open && (
            <div className={classes.quote} role="region" aria-label={label} tabIndex={0}><MailFrame title={label} html={html} /></div>
          )}
        </div>
      )}
      {children}
    </>
  );
}
