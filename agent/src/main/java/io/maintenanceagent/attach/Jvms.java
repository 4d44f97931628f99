package io.maintenanceagent.attach;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The JVMs on this machine. */
public final class Jvms {

    private Jvms() {}

    /**
     * Finds them and asks them all at the same time. This command line is left out, with others like it, and those that
     * end meanwhile.
     *
     * @return them, by process id; those that do not answer say why
     * @throws AttachException if nothing here tells which processes there are
     */
    public static List<Jvm> all() throws AttachException {
        List<AttachTarget> targets = new ArrayList<AttachTarget>();
        List<TimeLimit<Jvm>> answers = new ArrayList<TimeLimit<Jvm>>();
        for (long pid : pids()) {
            try {
                AttachTarget target = new AttachTarget(pid);
                targets.add(target);
                answers.add(target.asked());
            } catch (AttachException noJvm) {
                // most are none
            }
        }
        List<Jvm> jvms = new ArrayList<Jvm>();
        for (int i = 0; i < targets.size(); i++) {
            try {
                Jvm jvm = answers.get(i).await();
                if (!AttachTarget.ownJar().getName().equals(new File(jvm.runs()).getName())) {
                    jvms.add(jvm);
                }
            } catch (AttachException e) {
                if (targets.get(i).isThere()) {
                    jvms.add(targets.get(i).silent(e));
                }
            }
        }
        return jvms;
    }

    private static List<Long> pids() throws AttachException {
        List<Long> pids = new ArrayList<Long>();
        if (ProcessFiles.areThere()) {
            pids.addAll(ProcessFiles.pids());
            pids.remove(ProcessFiles.ownPid()); // an object, not an index
        } else {
            try {
                pids.addAll(AttachConnection.pids());
            } catch (IOException e) {
                throw new AttachException("JVMs cannot be listed (" + e.getMessage() + ")", "jcmd lists them");
            }
        }
        return pids;
    }
}
