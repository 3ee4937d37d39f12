// SQLite's way onto a RecordingDisk. Version 1 of the methods: no shared memory, so WAL works for
// an exclusive owner alone, as in the product.
#include "tests/power_loss/disk/recording_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace power_loss {

namespace {

struct OpenFile : sqlite3_file {
    RecordingDisk* disk = nullptr;
    std::shared_ptr<File> file;
    std::string path;
    bool delete_on_close = false;
    bool folder_unsynced = false;  // a new journal: its name is made durable with its first flush
};

OpenFile& of(sqlite3_file* file) {
    return *static_cast<OpenFile*>(file);
}

int code_of(Outcome outcome, int failure) {
    if (outcome == Outcome::full) return SQLITE_FULL;
    return outcome == Outcome::failed ? failure : SQLITE_OK;
}

int close_file(sqlite3_file* raw) {
    OpenFile& file = of(raw);
    if (file.delete_on_close && !file.path.empty()) file.disk->unlink(file.path);
    file.~OpenFile();
    return SQLITE_OK;
}

int read_file(sqlite3_file* raw, void* out, int size, sqlite3_int64 at) {
    const auto& bytes = of(raw).file->bytes;
    const auto wanted = static_cast<std::size_t>(size);
    const std::size_t from = std::min(static_cast<std::size_t>(at), bytes.size());
    const std::size_t got = std::min(wanted, bytes.size() - from);
    if (got > 0) std::memcpy(out, bytes.data() + from, got);
    std::memset(static_cast<char*>(out) + got, 0, wanted - got);
    return got == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* raw, const void* bytes, int size, sqlite3_int64 at) {
    OpenFile& file = of(raw);
    const base::ByteView view(static_cast<const std::uint8_t*>(bytes),
                              static_cast<std::size_t>(size));
    return code_of(file.disk->write(*file.file, at, view), SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* raw, sqlite3_int64 size) {
    of(raw).disk->truncate(*of(raw).file, size);
    return SQLITE_OK;
}

int sync_file(sqlite3_file* raw, int) {
    OpenFile& file = of(raw);
    const int code = code_of(file.disk->flush(*file.file), SQLITE_IOERR_FSYNC);
    if (code != SQLITE_OK || !file.folder_unsynced) return code;
    file.folder_unsynced = false;
    // As SQLite's own: whether the folder was flushed is not asked. The outbox has to.
    [[maybe_unused]] const Outcome ignored =
        file.disk->flush_folder(offline::store::folder_of(file.path));
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* raw, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(of(raw).file->bytes.size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file*, int) {
    return SQLITE_OK;  // one owner; the outbox has a lock of its own
}
int nobody_reserved(sqlite3_file*, int* reserved) {
    *reserved = 0;
    return SQLITE_OK;
}
int no_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file* raw) {
    return of(raw).disk->powersafe() ? 4096 : 512;
}
int characteristics(sqlite3_file* raw) {
    return of(raw).disk->powersafe() ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

const sqlite3_io_methods methods{
    1,          close_file,   read_file,       write_file, truncate_file,
    sync_file,  size_of_file, lock_file,       lock_file,  nobody_reserved,
    no_control, sector_size,  characteristics, nullptr,    nullptr,
    nullptr,    nullptr,      nullptr,         nullptr};

RecordingDisk& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<RecordingDisk*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* raw, int flags, int* out_flags) {
    RecordingDisk& disk = disk_of(vfs);
    raw->pMethods = nullptr;
    const std::string path = name == nullptr ? "" : name;
    const bool is_new = disk.find(path) == nullptr;
    if (is_new && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    auto* file = new (raw) OpenFile;
    file->pMethods = &methods;
    file->disk = &disk;
    file->file = disk.open_or_create(path);
    file->path = path;
    file->delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    file->folder_unsynced = is_new && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    RecordingDisk& disk = disk_of(vfs);
    if (!disk.find(name)) return SQLITE_IOERR_DELETE_NOENT;
    disk.unlink(name);
    if (sync_folder == 0) return SQLITE_OK;
    return code_of(disk.flush_folder(offline::store::folder_of(name)), SQLITE_IOERR_DIR_FSYNC);
}

// As SQLite's own: an empty file does not count as being there.
int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
    const auto file = disk_of(vfs).find(name);
    *result = file && (flags != SQLITE_ACCESS_EXISTS || !file->bytes.empty()) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}
int randomness(sqlite3_vfs* vfs, int size, char* out) {
    for (int i = 0; i < size; ++i) out[i] = static_cast<char>(disk_of(vfs).random());
    return size;
}
int no_sleep(sqlite3_vfs*, int) {
    return 0;
}
int the_same_day(sqlite3_vfs*, double* julian_day) {
    *julian_day = 2461366.5;
    return SQLITE_OK;
}
int no_error(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

std::unique_ptr<sqlite3_vfs> make_vfs(RecordingDisk& disk, const char* name) {
    auto vfs = std::make_unique<sqlite3_vfs>();
    *vfs = {};
    vfs->iVersion = 1;
    vfs->szOsFile = sizeof(OpenFile);
    vfs->mxPathname = 512;
    vfs->zName = name;
    vfs->pAppData = &disk;
    vfs->xOpen = open_file;
    vfs->xDelete = delete_file;
    vfs->xAccess = access_file;
    vfs->xFullPathname = full_path;
    vfs->xRandomness = randomness;
    vfs->xSleep = no_sleep;
    vfs->xCurrentTime = the_same_day;
    vfs->xGetLastError = no_error;
    sqlite3_vfs_register(vfs.get(), 0);
    return vfs;
}

void drop_vfs(sqlite3_vfs& vfs) {
    sqlite3_vfs_unregister(&vfs);
}

void seed_sqlite(std::uint64_t seed) {
    sqlite3_initialize();
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(seed & 0x7FFFFFFF) | 1,
                         static_cast<sqlite3*>(nullptr));
    sqlite3_randomness(0, nullptr);
}

}  // namespace power_loss
