package io.maintenanceagent.attach;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the JVMs on this machine. */
public final class Jvms {

    private Jvms() {}

    /**
     * Finds all JVMs and asks them at the same time. Leaves out processes of this command line, and those that end
     * meanwhile.
     *
     * @return the JVMs, by process id; one that does not answer has the reason
     * @throws AttachException if the processes of this machine cannot be listed
     */
    public static List<Jvm> all() throws AttachException {
        List<AttachTarget> targets = new ArrayList<AttachTarget>();
        List<TimeLimit<Jvm>> answers = new ArrayList<TimeLimit<Jvm>>();
        for (long pid : pids()) {
            try {
                AttachTarget target = new AttachTarget(pid);
                targets.add(target);
                answers.add(target.asked());
            } catch (AttachException ignored) {
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
