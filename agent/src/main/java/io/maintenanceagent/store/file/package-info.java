/**
 * A state file, what tells of its changes, and the instance reports beside it.
 *
 * <p>Other users may be able to write the state file's directory, and the command line may run as root there. So this
 * package opens files by these rules, and no other package opens a file beside the state:
 *
 * <ul>
 *   <li>A path is followed link by link ({@link io.maintenanceagent.store.file.PathResolution}). To write, a link is
 *       followed if it belongs to root or to this user, or if what it leads to belongs to the link's owner, who could
 *       have written it anyway. A loop is an error. What is written lies at the real path, so links are kept, and all
 *       instances report beside the real file, by whatever name they follow it.
 *   <li>The command line holds the real directory open and works beneath that handle
 *       ({@link io.maintenanceagent.store.file.OpenDirectory}): a directory that is exchanged meanwhile is not touched.
 *   <li>Names in it are opened with {@code NOFOLLOW_LINKS} or made with {@code CREATE_NEW}, are regular files, and are
 *       read up to a bound. A named pipe is not opened.
 *   <li>An existing state file is written in place ({@link io.maintenanceagent.store.file.StateFileWriter}): owner,
 *       group, mode, access control list, security label and mount stay what they are. What cannot be written so is
 *       refused before anything is changed. There is no lock file: the state file itself is locked.
 *   <li>A new file has the rights of its directory and no more ({@link io.maintenanceagent.store.file.Rights}).
 *   <li>Only an agent deletes, and only reports of its own user that have expired.
 * </ul>
 */
package io.maintenanceagent.store.file;
