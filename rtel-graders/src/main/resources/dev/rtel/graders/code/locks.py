# Locks this very process in before it gets anything of a submission, then tries the forbidden things itself.
import os, sys


def clear_path():
    if sys.path and sys.path[0] in ("", os.getcwd()):
        del sys.path[0]


def lock(settings):
    """Returns what was locked; whoever asked decides whether that is enough."""
    done = []
    parent = os.getppid()
    try:
        os.setsid()
        done.append("setsid")
    except (OSError, AttributeError):
        pass
    limit_resources(settings, done)
    if settings["backend"] in ("unsafe", "seatbelt"):
        alarm(settings)
        return done, {}
    if os.getuid() == 0:
        drop(settings["folder"])
        done.append("uid-drop")
    kernel = Kernel()
    # after the change of user, which clears it
    kernel.prctl(1, 9)
    if os.getppid() != parent:
        os._exit(0)
    done.append("parent-death")
    alarm(settings)
    kernel.prctl(38, 1)
    done.append("no-new-privs")
    abi = kernel.landlock(settings)
    if abi:
        done.append("landlock")
    kernel.seccomp()
    done.append("seccomp")
    return done, {"abi": abi, "uid": os.getuid()}


def alarm(settings):
    try:
        # the built-in part of signal: the rest loads half the library
        import _signal
        # ends an orphan that sleeps after its judge has died
        _signal.alarm(settings["alarm"])
    except (ImportError, AttributeError):
        pass


def limit_resources(settings, done):
    try:
        import resource
    except ImportError:
        return

    def limit(name, soft, hard=None):
        try:
            resource.setrlimit(getattr(resource, name), (soft, soft if hard is None else hard))
            done.append(name)
        except (ValueError, OSError, AttributeError):
            pass

    limit("RLIMIT_CORE", 0)
    limit("RLIMIT_CPU", settings["cpu"], settings["cpu"] + 1)
    limit("RLIMIT_AS", settings["memory"])
    limit("RLIMIT_FSIZE", settings["file"])
    limit("RLIMIT_NOFILE", settings["descriptors"])
    uid = os.getuid() if hasattr(os, "getuid") else 0
    if settings["backend"] == "bwrap" or uid == 0:
        # a user namespace of its own, or a user nobody else is; not applied to root itself
        limit("RLIMIT_NPROC", settings["tasks"])
    else:
        tasks = tasks_of(uid)
        if tasks:
            limit("RLIMIT_NPROC", tasks + settings["tasks"])


def tasks_of(uid):
    """RLIMIT_NPROC counts every task of the user, so the limit is relative to what runs now."""
    tasks = 0
    try:
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    if os.stat("/proc/" + name).st_uid == uid:
                        tasks += os.stat("/proc/" + name + "/task").st_nlink - 2
                except OSError:
                    pass
    except OSError:
        pass
    return tasks


def drop(folder):
    """From root to a user that owns nothing and is nobody else's; never back."""
    first = 61184 + int.from_bytes(os.urandom(2), "big") % 4000
    for uid in [first, first + 1, 65534]:
        try:
            if uid != 65534 and tasks_of(uid):
                continue
            if folder:
                os.chown(folder, uid, uid)
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            break
        except OSError:
            if os.getuid() != 0:
                raise
    if os.getuid() == 0 or os.geteuid() == 0:
        raise OSError("still root after changing the user")


class Kernel:
    """System calls that Python has no function for. Linux on x86_64 or aarch64."""

    TABLES = {
        "x86_64": (0xC000003E, dict(
            clone=56, clone3=435, socket=41, socketpair=53, kill=62, tgkill=234, open=2, openat=257, openat2=437,
            prctl=157, prlimit64=302, ioctl=16, fcntl=72), (
            # processes: fork vfork execve execveat ptrace process_vm_* pidfd_* process_madvise process_mrelease kcmp
            57, 58, 59, 322, 101, 310, 311, 434, 424, 438, 440, 448, 312,
            # signals and groups: tkill rt_sigqueueinfo rt_tgsigqueueinfo setsid setpgid
            200, 129, 297, 112, 109,
            # sockets: connect bind listen accept accept4
            42, 49, 50, 43, 288,
            # namespaces and mounts: unshare setns mount umount2 pivot_root chroot open_tree move_mount fsopen
            # fsconfig fsmount fspick mount_setattr statmount listmount open_tree_attr
            272, 308, 165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442, 457, 458, 467,
            # the kernel itself: bpf perf_event_open userfaultfd io_uring_* *key* *_module kexec* reboot quotactl*
            # acct swap* *_handle_at syslog iopl ioperm *time* *name vhangup personality lookup_dcookie nfsservctl
            # fanotify_* modify_ldt uselib seccomp lsm_set_self_attr
            321, 298, 323, 425, 426, 427, 248, 249, 250, 174, 175, 176, 313, 246, 320, 169, 179, 443, 163, 167, 168,
            303, 304, 103, 172, 173, 159, 164, 227, 305, 170, 171, 153, 135, 212, 180, 300, 301, 154, 134, 317, 460,
            # shared memory and queues: shm* sem* msg* mq_* memfd_create memfd_secret
            29, 30, 31, 67, 64, 65, 66, 220, 68, 69, 70, 71, 240, 241, 242, 243, 244, 245, 319, 447,
            # what Landlock leaves open: *chmod* *chown* *utime* *xattr* file_setattr truncate mknod mknodat
            90, 91, 268, 452, 92, 93, 94, 260, 132, 235, 261, 280, 188, 189, 190, 197, 198, 199, 463, 466, 469, 76,
            133, 259,
            # names of files elsewhere: inotify_*
            253, 254, 294,
            # scheduling of others: setpriority sched_set* ioprio_set migrate_pages move_pages
            141, 203, 144, 142, 314, 251, 256, 279)),
        "aarch64": (0xC00000B7, dict(
            clone=220, clone3=435, socket=198, socketpair=199, kill=129, tgkill=131, openat=56, openat2=437,
            prctl=167, prlimit64=261, ioctl=29, fcntl=25), (
            221, 281, 117, 270, 271, 434, 424, 438, 440, 448, 272,
            130, 138, 240, 157, 154,
            203, 200, 201, 202, 242,
            97, 268, 40, 39, 41, 51, 428, 429, 430, 431, 432, 433, 442, 457, 458, 467,
            280, 241, 282, 425, 426, 427, 217, 218, 219, 105, 106, 273, 104, 294, 142, 60, 443, 89, 224, 225,
            264, 265, 116, 170, 112, 171, 266, 161, 162, 58, 92, 18, 42, 262, 263, 277, 460,
            194, 195, 196, 197, 190, 191, 192, 193, 186, 187, 188, 189, 180, 181, 182, 183, 184, 185, 279, 447,
            52, 53, 452, 54, 55, 88, 5, 6, 7, 14, 15, 16, 463, 466, 469, 45, 33,
            26, 27,
            140, 118, 119, 122, 274, 30, 238, 239)),
    }
    HIGHEST = 469
    ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026

    def __init__(self):
        import ctypes
        self.c = ctypes
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.libc.syscall.restype = ctypes.c_long
        self.machine = os.uname().machine

    def call(self, *words):
        long = self.c.c_long
        result = self.libc.syscall(*[long(word) if isinstance(word, int) else word for word in words])
        if result < 0:
            code = self.c.get_errno()
            raise OSError(code, "system call %d: %s" % (words[0], os.strerror(code)))
        return result

    def prctl(self, option, value):
        if self.libc.prctl(option, self.c.c_ulong(value), self.c.c_ulong(0), self.c.c_ulong(0), self.c.c_ulong(0)):
            raise OSError(self.c.get_errno(), "prctl %d" % option)

    def landlock(self, settings):
        """Files below the given ones only, no TCP, no signals to others; returns the ABI, 0 where there is none."""
        import struct

        try:
            abi = self.call(444, None, 0, 1)
        except OSError:
            return 0
        every = (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(abi, 16)) - 1
        rules = struct.pack("<Q", every)
        if abi >= 4:
            rules += struct.pack("<Q", 3)
        if abi >= 6:
            rules += struct.pack("<Q", 3)
        ruleset = self.call(444, self.c.c_char_p(rules), len(rules), 0)
        read, of_files = 1 << 2 | 1 << 3, 1 << 1 | 1 << 2 | 1 << 14
        # no execution, no devices, no sockets
        write = every & ~(1 << 0 | 1 << 6 | 1 << 9 | 1 << 11 | 1 << 15)
        for paths, access in ((settings["read"], read), (settings["write"], write),
                              (["/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"], of_files)):
            for path in paths:
                try:
                    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
                except OSError:
                    continue
                folder = os.fstat(opened).st_mode & 0o170000 == 0o040000
                allowed = access if folder else access & of_files & every
                rule = struct.pack("<Qi", allowed & every, opened)
                self.call(445, ruleset, 1, self.c.c_char_p(rule), 0)
                os.close(opened)
        self.call(446, ruleset, 0)
        os.close(ruleset)
        return abi

    def seccomp(self):
        import struct

        if self.machine not in self.TABLES or sys.byteorder != "little":
            raise OSError("no table of system calls for " + self.machine)
        architecture, number, refused = self.TABLES[self.machine]
        code = []

        def add(operation, value, yes=0, no=0):
            code.append(struct.pack("<HBBI", operation, yes, no, value))

        LOAD, EQUAL, GREATER, ANY, AND, RETURN = 0x20, 0x15, 0x25, 0x45, 0x54, 0x06

        def when(name, *steps):
            """Steps that end in a verdict of their own, for this call only."""
            if name in number:
                add(EQUAL, number[name], 0, len(steps))
                for step in steps:
                    add(*step)

        add(LOAD, 4)
        add(EQUAL, architecture, 1, 0)
        add(RETURN, self.KILL)
        add(LOAD, 0)
        add(0x35, 0x40000000, 0, 1)
        add(RETURN, self.KILL)
        add(GREATER, self.HIGHEST, 0, 1)
        add(RETURN, self.ENOSYS)
        pid = os.getpid()

        def only_if(argument, value):
            return ((LOAD, 16 + 8 * argument), (EQUAL, value, 1, 0), (RETURN, self.EPERM), (RETURN, self.ALLOW))

        def not_if(argument, *values):
            tests = [(EQUAL, value, len(values) - at, 0) for at, value in enumerate(values)]
            return ((LOAD, 16 + 8 * argument), *tests, (RETURN, self.ALLOW), (RETURN, self.EPERM))

        # an existing file may not be cut by opening it for reading
        # (Landlock before its third version), nor opened for neither reading nor writing, for which Landlock asks nothing
        def no_cut(argument):
            return ((LOAD, 16 + 8 * argument), (AND, 3), (EQUAL, 3, 0, 1), (RETURN, self.EPERM),
                    (LOAD, 16 + 8 * argument), (ANY, os.O_TRUNC, 1, 0), (RETURN, self.ALLOW), (AND, os.O_ACCMODE),
                    (EQUAL, os.O_RDONLY, 0, 1), (RETURN, self.EPERM), (RETURN, self.ALLOW))

        when("open", *no_cut(1))
        when("openat", *no_cut(2))
        # threads, not processes
        when("clone", (LOAD, 16), (ANY, 0x10000, 1, 0), (RETURN, self.EPERM), (RETURN, self.ALLOW))
        when("clone3", (RETURN, self.ENOSYS))
        when("openat2", (RETURN, self.ENOSYS))
        when("socket", (RETURN, self.EPERM))
        # a stream pair inside the process, as event loops need; a datagram socket could be sent from
        when("socketpair", (LOAD, 16), (EQUAL, 1, 1, 0), (RETURN, self.EPERM), (LOAD, 24), (AND, 0xF), (EQUAL, 1, 1, 0), (RETURN, self.EPERM), (RETURN, self.ALLOW))
        when("kill", *only_if(0, pid))
        when("tgkill", *only_if(0, pid))
        when("prlimit64", (LOAD, 16), (EQUAL, 0, 2, 0), (EQUAL, pid, 1, 0), (RETURN, self.EPERM), (RETURN, self.ALLOW))
        # the signal at the parent's death stays; nobody may trace
        when("prctl", *not_if(0, 1, 0x59616D61))
        # input is not pushed into a terminal, no descriptor signals to another process, flags of files stay
        when("ioctl", *not_if(1, 0x5412, 0x541C, 0x8901, 0x8902, 0x40086602, 0x40046602, 0x401C5820))
        when("fcntl", *not_if(1, 8, 10, 15))
        for each in refused:
            add(EQUAL, each, 0, 1)
            add(RETURN, self.EPERM)
        add(RETURN, self.ALLOW)
        text = b"".join(code)
        buffer = self.c.create_string_buffer(text, len(text))
        program = struct.pack("<HxxxxxxQ", len(code), self.c.addressof(buffer))
        if self.libc.prctl(22, self.c.c_ulong(2), self.c.c_char_p(program), self.c.c_ulong(0), self.c.c_ulong(0)):
            raise OSError(self.c.get_errno(), "seccomp filter refused")


def self_test(settings, parent):
    """Each thing that must fail, tried; true = it was refused."""

    def refused(action):
        try:
            action()
            return False
        except OSError:
            return True
        except Exception:
            return False

    def fork():
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)

    def connect():
        import _socket
        _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)

    def write():
        path = settings["outside"].rstrip("/") + "/rtel-self-test-%d" % os.getpid()
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
        os.unlink(path)

    def read(path, mode=os.O_RDONLY):
        os.close(os.open(path, mode))

    def environment():
        opened = os.open("/proc/%d/environ" % parent, os.O_RDONLY)
        names = {entry.split(b"=")[0].decode("latin-1") for entry in os.read(opened, 1 << 16).split(b"\0") if entry}
        os.close(opened)
        # in namespaces of its own the parent is the sandbox, which holds what we hold
        if names <= set(os.environ) | {"PWD"}:
            raise PermissionError("nothing to see")

    # honest code may start threads: without one the limits of this user are used up by others
    import _thread
    _thread.start_new_thread(int, ())
    return {
        "read-file": refused(lambda: read("/etc/passwd")),
        "open-for-nothing": refused(lambda: read("/dev/null", 3)),
        "parent-environment": refused(environment),
        "socket": refused(connect),
        "fork": refused(fork),
        "write-outside": refused(write),
        "chmod": refused(lambda: os.chmod(settings["folder"] or ".", 0o700)),
        "signal-parent": refused(lambda: os.kill(parent, 0)),
    }
