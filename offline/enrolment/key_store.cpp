#include "offline/enrolment/key_store.hpp"

namespace offline::enrolment {

namespace {

class FileKeyStore final : public KeyStore {
  public:
    papers::wire::KeyStoreKind kind() const override { return papers::wire::KeyStoreKind::file; }
    base::Result<base::Bytes> closed(const sealing::SigningKey& key,
                                     domain::Realm realm) const override {
        return key.as_file("terminal-key", realm);
    }
    base::Result<sealing::SigningKey> open(base::ByteView file,
                                           domain::Realm realm) const override {
        return sealing::SigningKey::parse(file, "terminal-key", realm);
    }
};

}  // namespace

const KeyStore& file_key_store() {
    static const FileKeyStore store;
    return store;
}

}  // namespace offline::enrolment
