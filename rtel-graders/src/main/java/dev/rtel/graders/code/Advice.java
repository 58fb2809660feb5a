package dev.rtel.graders.code;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What to do about a sandbox that does not work. */
final class Advice {
    private Advice() {}

    static String of(Backend backend, String problem) {
        String text = problem.toLowerCase(Locale.ROOT);
        if (backend.id().equals(BwrapBackend.ID)) {
            if (Files.exists(Path.of("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"))
                    && text.contains("permission denied")) {
                return "; AppArmor keeps ordinary users from making namespaces: install the profile of bwrap"
                        + " (/etc/apparmor.d/bwrap-userns-restrict of the package apparmor-profiles), or use landlock";
            }
            return "; this container or kernel does not let bwrap make namespaces; landlock needs none";
        }
        if (backend.id().equals(LandlockBackend.ID) && text.contains("landlock")) {
            return "; Landlock needs Linux 5.13 or later with 'landlock' among the kernel's security modules, and a"
                    + " container profile that lets its system calls through";
        }
        return "";
    }
}
