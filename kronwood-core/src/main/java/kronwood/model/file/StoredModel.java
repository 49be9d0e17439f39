package kronwood.model.file;

import kronwood.model.Model;

/**
 * A model that was read from a file.
 *
 * @param model the model
 * @param sha256 the digest of its file, hexadecimal: two files with the same digest hold the same
 *     model
 */
public record StoredModel(Model model, String sha256) {}
