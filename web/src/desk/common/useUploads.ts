import { useCallback, useRef, useState } from 'react';
import { upload, useLimit, useOrganisation } from '@/api';
import type { Attachment } from '@/api';
import { useText } from '@/i18n';
import { saidBytes, useFormat, useToast } from '@/ui';

export interface SendingFile {
  key: string;
  name: string;
}

export interface Uploads {
  files: Attachment[];
  sending: SendingFile[];
  /** Sends files; `onSent` gets each with its id, for showing a picture in the text. */
  add: (files: File[], onSent?: (file: Attachment) => void) => void;
  drop: (id: string) => void;
  reset: (files: Attachment[]) => void;
}

/** Files on their way to the server, and those that are there. */
export function useUploads(first: Attachment[] = []): Uploads {
  const { t } = useText();
  const org = useOrganisation();
  const toast = useToast();
  const format = useFormat();
  const [files, setFiles] = useState<Attachment[]>(first);
  const [sending, setSending] = useState<SendingFile[]>([]);
  const file_bytes_max = useLimit('upload_bytes');
  const count = useRef(0);
  const add = useCallback(
    (wanted: File[], onSent?: (file: Attachment) => void) => {
      for (const file of wanted) {
        if (file.size > file_bytes_max) {
          toast.failed(t('desk.file_too_large', { name: file.name, limit: format.bytes(saidBytes(file_bytes_max)) }));
          continue;
        }
        const key = String((count.current += 1));
        setSending((before) => [...before, { key, name: file.name }]);
        upload(org, file)
          .then((sent) => {
            const is_inline = onSent !== undefined && isPicture(file.type);
            const attachment = { ...sent, is_inline };
            setFiles((before) => [...before, attachment]);
            if (is_inline) onSent(attachment);
          })
          .catch(toast.refused)
          .finally(() => setSending((before) => before.filter((each) => each.key !== key)));
      }
    },
    [file_bytes_max, format, org, t, toast],
  );
  const drop = useCallback((id: string) => setFiles((before) => before.filter((file) => file.id !== id)), []);
  return { files, sending, add, drop, reset: setFiles };
}

/** The kinds of picture that the server shows in the page. */
export function isPicture(content_type: string): boolean {
  return ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(content_type);
}

/** Where a file is read; `inline` shows a picture, else it is downloaded. */
export function attachmentAddress(org: string, id: string, inline?: 'inline'): string {
  return `/native/desk/${org}/attachments/${id}${inline === undefined ? '' : '?inline=1'}`;
}
