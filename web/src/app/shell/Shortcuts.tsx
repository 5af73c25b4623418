import { Modal } from '@mantine/core';
import { useText } from '@/i18n';
import { Keys, useAllCommands } from '@/ui';
import { showShellWindow, useShellWindow } from './shell_state';
import classes from './Shortcuts.module.css';

/** Every shortcut that works on the screen behind it. */
export function Shortcuts() {
  const { t } = useText();
  const is_open = useShellWindow() === 'shortcuts';
  const commands = useAllCommands().filter((command) => command.keys !== undefined);
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Modal
      opened={is_open}
      onClose={() => showShellWindow(null)}
      title={t('app.shortcuts')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{group}</h3>
            <dl className={classes.list}>
              {commands.filter((command) => command.group === group).map((command) => (
                <div key={command.id} className={classes.row}>
                  <dt>{command.label}</dt>
                  <dd><Keys keys={command.keys ?? ''} /></dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
