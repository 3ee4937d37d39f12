#include "offline/enrolment/key_store.hpp"

#include "offline/formats/record.hpp"
#include "offline/sealing/suites/wipe_at_end.hpp"

namespace offline::enrolment {

namespace {

using base::FaultCode;
using papers::wire::KeyStoreKind;

constexpr std::string_view key_kind = "terminal-key", chip_kind = "terminal-key-in-chip";
constexpr std::int64_t chip_version = 1;
constexpr std::size_t key_bytes_max = 8192, chip_bytes_max = 4096;

class FileKeyStore final : public KeyStore {
  public:
    KeyStoreKind kind() const override { return KeyStoreKind::file; }
    base::Result<base::Bytes> closed(const sealing::SigningKey& key,
                                     domain::Realm realm) const override {
        return key.as_file(key_kind, realm);
    }
    base::Result<sealing::SigningKey> open(base::ByteView file,
                                           domain::Realm realm) const override {
        return sealing::SigningKey::parse(file, key_kind, realm);
    }
};

// The file is sealed under a key that is used for it alone and lies in the chip.
class ChipKeyStore final : public KeyStore {
  public:
    explicit ChipKeyStore(SecurityChip& chip) : chip_(chip) {}
    KeyStoreKind kind() const override { return KeyStoreKind::tpm; }

    base::Result<base::Bytes> closed(const sealing::SigningKey& key,
                                     domain::Realm realm) const override {
        base::Bytes plain = key.as_file(key_kind, realm);
        const sealing::WipeAtEnd wipe(plain);
        const auto& suite = sealing::suite(key.public_key().suite);
        const auto lock = suite.new_data_key();
        base::Bytes in_chip = TRY(chip_.close(lock));
        base::Bytes sealed = TRY(suite.seal(*lock, base::to_bytes(chip_kind), plain));
        base::Bytes out = formats::to_json({{"v", chip_version},
                                            {"kind", std::string(chip_kind)},
                                            {"realm", std::string(domain::name(realm))},
                                            {"suite", std::string(name(key.public_key().suite))},
                                            {"chip", std::move(in_chip)},
                                            {"sealed", std::move(sealed)}});
        out.push_back('\n');
        return out;
    }

    base::Result<sealing::SigningKey> open(base::ByteView file,
                                           domain::Realm realm) const override {
        const auto record = TRY(formats::record_from_json(file));
        formats::Fields in(record, FaultCode::KeyAbsent, std::string(chip_kind));
        TRY_STATUS(in.exactly("v", chip_version));
        TRY_STATUS(in.exactly("kind", chip_kind));
        const std::string of = TRY(in.text("realm", 16));
        if (of != domain::name(realm))
            return base::fail(FaultCode::RealmMismatch, std::string(chip_kind));
        const auto suite_id = TRY(sealing::suite_in(in));
        const base::Bytes in_chip = TRY(in.bytes("chip", chip_bytes_max));
        const base::Bytes sealed = TRY(in.bytes("sealed", key_bytes_max));
        TRY_STATUS(in.finish());
        const auto lock = TRY(chip_.open(in_chip));
        auto opened = sealing::suite(suite_id).open(*lock, base::to_bytes(chip_kind), sealed);
        if (!opened) return base::fail(FaultCode::KeyAbsent, "the key's file is damaged");
        const sealing::WipeAtEnd wipe(*opened);
        return sealing::SigningKey::parse(*opened, key_kind, realm);
    }

  private:
    SecurityChip& chip_;
};

bool is_in_chip(base::ByteView file) {
    return base::as_text(file).find(chip_kind) != std::string_view::npos;
}

// None: there is no key yet.
std::optional<bool> lies_in_chip(const Places& places, store::Disk& disk) {
    for (const auto& path : {places.terminal_key, places.pending_key()}) {
        if (!disk.exists(path)) continue;
        auto file = disk.read(path, 0, key_bytes_max);
        if (!file) continue;
        const sealing::WipeAtEnd wipe(*file);
        return is_in_chip(*file);
    }
    return std::nullopt;
}

}  // namespace

const KeyStore& file_key_store() {
    static const FileKeyStore store;
    return store;
}

std::unique_ptr<KeyStore> chip_key_store(SecurityChip& chip) {
    return std::make_unique<ChipKeyStore>(chip);
}

OwnKeyStore::OwnKeyStore(const Places& places, store::Disk& disk)
    : chip_(tpm_chip(places.tpm)), in_chip_(chip_key_store(*chip_)) {
    const bool wanted = lies_in_chip(places, disk).value_or(!places.tpm.empty());
    used_ = wanted ? in_chip_.get() : &file_key_store();
}

base::Result<sealing::SigningKey> OwnKeyStore::open(base::ByteView file,
                                                    domain::Realm realm) const {
    return is_in_chip(file) ? in_chip_->open(file, realm) : file_key_store().open(file, realm);
}

}  // namespace offline::enrolment
