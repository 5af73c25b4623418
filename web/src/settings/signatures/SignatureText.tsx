import { Button } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { Suspense, lazy, useState } from 'react';
import { useText } from '@/i18n';
import classes from '../templates/Templates.module.css';

const RichTextEditor = lazy(() => import('@/ui/editor/RichTextEditor').then((part) => ({ default: part.RichTextEditor })));

interface SignatureTextProps {
  html: string;
  placeholders: string[];
  fault: string | undefined;
  onChange: (html: string) => void;
}

/** The text of a signature, and the names that are filled in for each ticket. */
export function SignatureText({ html, placeholders, fault, onChange }: SignatureTextProps) {
  const { t } = useText();
  const [editor, setEditor] = useState<Editor | null>(null);
  return (
    <>
      <Suspense fallback={null}>
        <RichTextEditor label={t('signature.text')} html={html} onChange={onChange} placeholder={t('signature.placeholder')} height_max={220} onReady={setEditor} />
      </Suspense>
      {fault !== undefined && <p className={classes.fault} role="alert">{fault}</p>}
      <div className={classes.placeholders} role="group" aria-label={t('reply_template.placeholders')}>
        <span className={classes.help}>{t('reply_template.placeholders')}</span>
        {placeholders.map((name) => (
          <Button key={name} size="compact-xs" variant="default" onClick={() => editor?.chain().focus().insertContent(`{${name}}`).run()}>{`{${name}}`}</Button>
        ))}
      </div>
    </>
  );
}
