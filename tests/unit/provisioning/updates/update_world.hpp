// A terminal whose packages live in a folder, with the machine's own dpkg and small packages made
// here: nothing of this machine is changed, and nobody has to be root. The keys are those of a
// whole training world; services are played.
#pragma once

#include "offline/feeds/staged.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/releases/shelf_place.hpp"
#include "offline/sealing/issuer.hpp"
#include "offline/sealing/opening.hpp"
#include "provisioning/updates/updater.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

namespace update_test {

namespace fs = std::filesystem;
namespace papers = offline::papers;
namespace sealing = offline::sealing;
using namespace provisioning::updates;
using base::FaultCode;
using papers::Feed;
using papers::ReleaseList;
using papers::ReleasePackage;

using Versions = std::map<std::string, std::string>;
inline const std::string kiosk = "citizen-window-kiosk", post = "citizen-window-post";

inline const base::Instant start{base::Millis{1795311660000}};  // 2026-11-22T09:41:00+08:00
inline const std::string terminal_id = "000101001001001";

struct World {
    sealing::SuiteId suite = sealing::SuiteId::one;
    domain::Realm realm = domain::Realm::training;
    sealing::SigningKey root = sealing::SigningKey::generate(suite);
    sealing::SigningKey pack = sealing::SigningKey::generate(suite);
    sealing::SigningKey feed = sealing::SigningKey::generate(suite);
    sealing::SigningKey release = sealing::SigningKey::generate(suite);
    sealing::IntakeKeys intake = sealing::IntakeKeys::generate(realm, suite);
    sealing::PinnedRoot pinned{realm, root.public_key()};

    sealing::KeySetContent key_set() const {
        sealing::KeySetContent out;
        out.realm = realm;
        out.keys = intake.listed();
        using sealing::KeyPurpose;
        for (const auto& [purpose, key] : {std::pair{KeyPurpose::pack, &pack},
                                           {KeyPurpose::feed, &feed},
                                           {KeyPurpose::release, &release}})
            out.keys.push_back({purpose, key->public_key(), {}, sealing::without_end});
        return out;
    }
    base::Bytes key_set_file() const { return key_set().issue(root).value(); }
};

class Folder {
  public:
    Folder() {
        std::string pattern = quick_place() / "cw-update-XXXXXX";
        path_ = ::mkdtemp(pattern.data());
    }
    ~Folder() { fs::remove_all(path_); }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

  private:
    // In memory where programs may run from there: dpkg flushes a great deal, and what a flush
    // means is not asked here.
    static fs::path quick_place() {
        struct statvfs facts {};
        const bool runs = ::statvfs("/dev/shm", &facts) == 0 && (facts.f_flag & ST_NOEXEC) == 0;
        return runs && ::access("/dev/shm", W_OK) == 0 ? fs::path("/dev/shm")
                                                       : fs::temp_directory_path();
    }
    std::string path_;
};

class PlayedServices final : public Services {
  public:
    base::Result<bool> take() override {
        calls.emplace_back("take");
        if (cannot_stop) return base::fail(FaultCode::UpdateFailed, "stop: too long");
        return !somebody;
    }
    base::Status restart_post() override {
        calls.emplace_back("post");
        return {};
    }
    base::Result<std::vector<std::string>> unready() override {
        calls.emplace_back("test");
        if (cannot_test) return base::fail(FaultCode::UpdateFailed, "no test");
        if (answers.empty()) return failed;
        auto out = std::move(answers.front());
        answers.pop_front();
        return out;
    }
    base::Status give_back() override {
        calls.emplace_back("screen");
        if (dark_screens == 0) return {};
        --dark_screens;
        return base::fail(FaultCode::UpdateFailed, "no frame");
    }
    bool was_left_dark() const override { return left_dark; }
    bool somebody = false, cannot_test = false, cannot_stop = false, left_dark = false;
    int dark_screens = 0;                          // so often the screen does not come
    std::deque<std::vector<std::string>> answers;  // of the next tests; then `failed`
    std::vector<std::string> failed;
    std::vector<std::string> calls;
};

class UpdateWorld {
  public:
    UpdateWorld() {
        for (const char* made :
             {"root/var/lib/dpkg/info", "root/var/lib/dpkg/updates", "root/var/lib/dpkg/triggers",
              "keys", "feeds/packages", "state", "updates", "debs"})
            fs::create_directories(folder / made);
        write("root/var/lib/dpkg/status", {});
        write("root/var/lib/dpkg/available", {});
        write("keys/root.pub", sealing::root_file(world.pinned));
        write("keys/key_set.json", world.key_set_file());
        auto& own = config.terminal;
        own.realm = world.realm;
        own.id = terminal_id;
        own.root_key = folder / "keys/root.pub";
        own.key_set = folder / "keys/key_set.json";
        own.feeds_folder = folder / "feeds";
        own.state_folder = folder / "state";
        config.updates.folder = folder / "updates";
    }

    void write(const std::string& name, const base::Bytes& bytes) {
        must(base::write_file(folder / name, bytes, 0644));
    }

    DpkgOptions dpkg_options() const {
        DpkgOptions out;
        out.place = {"--root=" + (folder / "root"), "--log=/dev/null"};
        out.liberties = {"--force-not-root", "--force-script-chrootless", "--force-bad-path",
                         "--force-unsafe-io"};
        out.database = folder / "root/var/lib/dpkg";
        return out;
    }
    Dpkg dpkg() const { return Dpkg(dpkg_options()); }
    Versions installed() const { return dpkg().installed().value(); }

    // A package file; `fields` are further lines of its control file, `scripts` by their names.
    std::string make_deb(const std::string& name, const std::string& version,
                         const std::map<std::string, std::string>& scripts = {},
                         const std::string& architecture = "all") {
        const std::string tree = folder / ("tree-" + name + "-" + version);
        fs::create_directories(tree + "/DEBIAN");
        fs::create_directories(tree + "/usr/share/" + name);
        std::ofstream(tree + "/usr/share/" + name + "/version") << version << "\n";
        std::ofstream(tree + "/DEBIAN/control")
            << "Package: " << name << "\nVersion: " << version << "\nArchitecture: " << architecture
            << "\nMaintainer: Nobody <nobody@citizen-window.invalid>\nDescription: of a test\n";
        for (const auto& [script, text] : scripts) {
            std::ofstream(tree + "/DEBIAN/" + script) << "#!/bin/sh\n" << text << "\n";
            ::chmod((tree + "/DEBIAN/" + script).c_str(), 0755);
        }
        const std::string file =
            folder / ("debs/" + name + "_" + version + "_" + architecture + ".deb");
        const auto made = run_child(
            {"/usr/bin/dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree, file},
            base::Millis{60'000});
        if (!made || made->exit != 0) throw std::runtime_error("dpkg-deb: " + made->said);
        fs::remove_all(tree);
        return file;
    }
    ReleasePackage package_of(const std::string& file) const {
        const auto bytes = base::read_file(file).value();
        ReleasePackage out = dpkg().names_in(file).value();
        out.length = static_cast<std::int64_t>(bytes.size());
        out.digest = sealing::digest(world.suite, bytes);
        out.path = "pool/" + fs::path(file).filename().string();
        return out;
    }
    // Made, and on the shelf as the post has it.
    ReleasePackage shelved(const std::string& name, const std::string& version,
                           const std::map<std::string, std::string>& scripts = {},
                           const std::string& architecture = "all") {
        const auto file = make_deb(name, version, scripts, architecture);
        const auto package = package_of(file);
        fs::copy_file(file, shelf(package), fs::copy_options::overwrite_existing);
        return package;
    }
    std::string shelf(const ReleasePackage& package) const {
        return offline::releases::shelf_folder(folder / "feeds") + "/" + package.file_name();
    }

    // Version 1.0 of both is what the machine came with.
    void install_first() {
        first = {shelved(kiosk, "1.0"), shelved(post, "1.0")};
        std::vector<std::string> files;
        for (const auto& package : first) files.push_back(shelf(package));
        if (const auto done = dpkg().install(files); !done)
            throw std::runtime_error(done.error().safe_detail);
    }
    ReleaseList list(std::int64_t number, std::vector<ReleasePackage> packages) const {
        ReleaseList out;
        out.realm = world.realm;
        out.release = number;
        out.software = "2.0";
        out.made_at = start - std::chrono::hours(1);
        out.expires_at = start + std::chrono::hours(24 * 30);
        out.packages = std::move(packages);
        out.fallback = first;
        return out;
    }
    // As the feed brings it: the builder's signature inside, the centre's outside.
    void give(const ReleaseList& list) { give(list, world.release, world.feed); }
    void give(const ReleaseList& list, const sealing::Signer& release_key,
              const sealing::Signer& feed_key, std::int64_t under_number = 0) {
        give_bytes(list.issue(release_key).value(), feed_key,
                   under_number == 0 ? list.release : under_number);
    }
    void give_bytes(const base::Bytes& content, const sealing::Signer& feed_key,
                    std::int64_t number, Feed feed = Feed::release) {
        papers::FeedHead head;
        head.realm = world.realm;
        head.feed = feed;
        head.version = number;
        head.issued_at = issued_at;
        head.digest = sealing::digest(world.suite, content);
        head.length = static_cast<std::int64_t>(content.size());
        head.suite = world.suite;
        base::Bytes file = papers::feed_file_beginning(head.sign(feed_key).value());
        file.insert(file.end(), content.begin(), content.end());
        write("feeds/" + papers::feed_file_name(feed, number), file);
    }
    void revoke(std::int64_t number, const std::vector<sealing::PublicKey>& keys) {
        papers::Revocations said;
        for (const auto& key : keys) said.kids.push_back(sealing::key_id(key));
        give_bytes(papers::encode(said), world.feed, number, Feed::revocation);
    }
    void hide_revocation(std::int64_t number) const {  // the post's account can do that
        fs::remove(folder / ("feeds/" + papers::feed_file_name(Feed::revocation, number)));
    }
    // Release 1: version 2.0 of both, its packages on the shelf.
    ReleaseList give_second(const std::map<std::string, std::string>& scripts = {}) {
        const auto made = list(1, {shelved(kiosk, "2.0"), shelved(post, "2.0", scripts)});
        give(made);
        return made;
    }

    Updater updater(Passing passing = [](const char*) {}) {
        return Updater({config, dpkg(), services, clock, log, tell, std::move(passing)});
    }
    base::Status run() {
        auto one = updater();
        return one.run();
    }
    // At the start of the machine, before anything else.
    base::Status resume() {
        auto one = updater();
        return one.resume();
    }
    Journal journal() const { return read_journal(config.updates.folder).value(); }
    Step step() const { return journal().step; }

    World world;
    Folder folder;
    provisioning::config::Config config;
    base::ManualClock clock{start};
    base::Instant issued_at = start;
    base::NoEventLog log;
    PlayedServices services;
    std::vector<Journal> told;
    bool post_answers = true;
    Tell tell = [this](const Journal& journal) -> base::Status {
        if (!post_answers) return base::fail(FaultCode::PostUnreachable);
        told.push_back(journal);
        return {};
    };
    std::vector<ReleasePackage> first;

  private:
    static void must(const base::Status& done) {
        if (!done) throw std::runtime_error(done.error().safe_detail);
    }
};

inline const Versions old_ones{{kiosk, "1.0"}, {post, "1.0"}};
inline const Versions new_ones{{kiosk, "2.0"}, {post, "2.0"}};

}  // namespace update_test
