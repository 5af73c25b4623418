import type { Mailbox, MailServer } from '@/api';

export interface MailboxForm {
  address: string;
  display_name: string;
  department: string | null;
  imap: MailServer;
  smtp: MailServer;
  is_enabled: boolean;
  uses_plus_address: boolean;
}

/** The ports that each way of securing a connection has by convention. */
export const usual_ports: Record<'imap' | 'smtp', Record<MailServer['security'], number>> = {
  imap: { tls: 993, starttls: 143, none: 143 },
  smtp: { tls: 465, starttls: 587, none: 25 },
};

export function formOf(mailbox: Mailbox | null): MailboxForm {
  if (mailbox === null)
    return {
      address: '', display_name: '', department: null, is_enabled: true, uses_plus_address: false,
      imap: { host: '', port: usual_ports.imap.tls, security: 'tls', user: '', folder: 'INBOX' },
      smtp: { host: '', port: usual_ports.smtp.tls, security: 'tls', user: '' },
    };
  const { address, display_name, department, is_enabled, uses_plus_address } = mailbox;
  const imap = withPort('imap', mailbox.imap);
  const smtp = withPort('smtp', mailbox.smtp);
  return { address, display_name, department: department.id, imap, smtp, is_enabled, uses_plus_address };
}

/** A server that nobody has entered yet begins with the usual port. */
function withPort(kind: 'imap' | 'smtp', server: MailServer): MailServer {
  return server.port === 0 ? { ...server, port: usual_ports[kind][server.security] } : server;
}

/** The server keeps a password for the host and the user it was typed for; for others it asks anew. */
export function needsPasswordAgain(server: MailServer, saved: MailServer | undefined): boolean {
  if (saved?.has_password !== true || server.host === '' || server.user === '') return false;
  return server.host !== saved.host || server.port !== saved.port || server.security !== saved.security || server.user !== saved.user;
}

/** What the server takes: no `has_password`, and a password only when one was typed. */
export function bodyOf(form: MailboxForm): object {
  return { ...form, imap: serverBody(form.imap), smtp: serverBody(form.smtp) };
}

function serverBody({ has_password: _, password, ...server }: MailServer): object {
  return password === undefined || password === '' ? server : { ...server, password };
}
